"""Every kanji of easy Japanese has a reading, the right one, wherever it is shown."""

import json
import shutil

import pytest

from bot.adapters.catalogs import easy_texts, furigana_drift, load_catalogs
from bot.adapters.languages import EASY
from bot.authoring.easy_japanese import lint_catalog
from bot.authoring.furigana import FURIGANA, READINGS, annotate, load_table, make, tokenizer
from bot.core.furigana import has_kanji, plain, unread
from bot.core.model import Text
from tests.support.dialogs import BOOK, CATALOG_PROBLEMS, CATALOGS, DIALOG, LOCALES

FOLDER = LOCALES / "ja_easy"
TEXTS = easy_texts(LOCALES, BOOK)
MADE = json.loads((FOLDER / FURIGANA).read_text(encoding="utf-8"))
TABLE = load_table(FOLDER / READINGS)
START = BOOK.texts["screening.START.text"]


@pytest.fixture(scope="module")
def read():
    return tokenizer()


def test_the_furigana_are_those_of_the_sentences():
    assert furigana_drift(LOCALES, TEXTS) == []
    assert {address: plain(said) for address, said in MADE.items()} == {
        address: said for address, said in TEXTS.items() if has_kanji(said)
    }


def test_every_kanji_of_every_sentence_has_a_reading():
    assert {address: unread(said) for address, said in MADE.items() if unread(said)} == {}


def test_the_furigana_are_what_table_and_tokenizer_make_of_them(read):
    made = make(TEXTS, TABLE, read, MADE)
    assert made.problems == []
    assert made.texts == MADE


def test_easy_japanese_keeps_its_rules():
    assert lint_catalog(TEXTS | MADE, labels=BOOK.labels) == []


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        *(("家賃", "やちん"), ("手当", "てあて"), ("本人", "ほんにん")),
        *(("生活保護", "せいかつほご"), ("住民税", "じゅうみんぜい"), ("大家", "おおや")),
        *(("社会福祉協議会", "しゃかいふくしきょうぎかい"), ("福祉事務所", "ふくしじむしょ")),
        *(
            ("児童扶養手当", "じどうふようてあて"),
            ("住居確保給付金", "じゅうきょかくほきゅうふきん"),
        ),
        *(("緊急小口資金", "きんきゅうこぐちしきん"), ("差押", "さしおさ"), ("借金", "しゃっきん")),
        *(("在留資格", "ざいりゅうしかく"), ("永住者", "えいじゅうしゃ"), ("入管", "にゅうかん")),
        *(("日本人", "にほんじん"), ("外国人", "がいこくじん"), ("消費者", "しょうひしゃ")),
        *(("私", "わたし"), ("今日", "きょう"), ("明日", "あした"), ("一人", "ひとり")),
        *(("月末", "げつまつ"), ("毎月", "まいつき"), ("祝日", "しゅくじつ"), ("戸籍", "こせき")),
        *(("裁判所", "さいばんしょ"), ("労働基準監督署", "ろうどうきじゅんかんとくしょ")),
        *(("償還", "しょうかん"), ("世帯", "せたい"), ("扶養", "ふよう"), ("敷金", "しききん")),
    ],
)
def test_words_of_welfare_are_read_as_people_say_them(word, reading, read):
    text = f"{word}え" if word == "差押" else word
    assert annotate(f"この {text}の ことです", TABLE, read).startswith(f"この {word}({reading})")


@pytest.mark.parametrize(
    ("text", "annotated"),
    [
        ("1日か 2日", "1日(いちにち)か 2日(ふつか)"),
        ("12月1日", "12月(がつ)1日(ついたち)"),
        ("4月20日", "4月(がつ)20日(はつか)"),
        ("1人と 2人と 3人", "1人(ひとり)と 2人(ふたり)と 3人(にん)"),
        ("18歳と 24時間", "18歳(さい)と 24時間(じかん)"),
        ("2か月分", "2か月分(げつぶん)"),
        ("3万円", "3万円(まんえん)"),
        ("何人が 何日に 何を", "何人(なんにん)が 何日(なんにち)に 何(なに)を"),
    ],
)
def test_counters_are_read_as_people_say_them(text, annotated, read):
    assert annotate(text, TABLE, read) == annotated


def test_easy_japanese_is_served_with_and_without_furigana():
    rendered = CATALOGS.render(START, EASY)
    assert "相談窓口(そうだんまどぐち)" in rendered.words(furigana=True)
    assert "警察(けいさつ)は 110" in rendered.words(furigana=True)
    assert plain(rendered.ruby) == rendered.words(furigana=False) == rendered.text


@pytest.mark.parametrize("lang", ["ja", "en", "vi"])
def test_other_languages_have_none(lang):
    rendered = CATALOGS.render(START, lang)
    assert rendered.ruby == ""
    assert rendered.words(furigana=True) == rendered.text


def test_arguments_have_furigana_too_and_settle_their_counters():
    line = DIALOG.phrase(
        "bot.summary_line",
        question=DIALOG.phrases["topic.Q6"],
        answer=DIALOG.phrase("bot.days", days="3"),
    )
    rendered = CATALOGS.render(line, EASY)
    assert rendered.ruby == "次(つぎ)に 入(はい)る お金(かね) → 3日後(みっかご)"
    assert rendered.text == "次に 入る お金 → 3日後"
    done = DIALOG.phrase("bot.multi_hint", done=Text("nowhere", "かな"))
    assert "「かな」" in CATALOGS.render(done, EASY).ruby


def test_a_sentence_that_changed_is_served_without_and_the_check_tells(tmp_path):
    locales = tmp_path / "locales"
    shutil.copytree(LOCALES, locales)
    old = MADE | {START.address: "前(まえ)の 文(ぶん)"}
    (locales / "ja_easy" / FURIGANA).write_text(json.dumps(old), encoding="utf-8")
    catalogs, problems = load_catalogs(locales, BOOK)
    assert len(problems) == len(CATALOG_PROBLEMS)
    assert catalogs.render(START, EASY).ruby == ""
    assert catalogs.render(START, EASY).text == CATALOGS.render(START, EASY).text
    assert furigana_drift(locales, TEXTS) == [
        f"{START.address}: the furigana are of another sentence"
    ]


def test_without_furigana_the_sentences_are_served_and_the_check_tells(tmp_path):
    locales = tmp_path / "locales"
    shutil.copytree(LOCALES, locales)
    (locales / "ja_easy" / FURIGANA).unlink()
    catalogs, _ = load_catalogs(locales, BOOK)
    assert catalogs.render(START, EASY).ruby == ""
    assert f"{START.address}: no furigana" in furigana_drift(locales, TEXTS)
