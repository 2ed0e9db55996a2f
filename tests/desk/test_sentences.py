"""What a counselor reads of a translation: each sentence with where its words come from."""

from dataclasses import replace

import pytest

from bot.core.model import Author, Provenance
from handlers.desk.words import DOUBTS
from tests.channels.web.resident import read
from tests.desk.sentence_samples import (
    BY_PIVOT,
    COMPACT,
    DOUBTED,
    DRAFT_PHRASE,
    EVERY_KIND,
    FOLDED,
    MACHINE,
    MEMORY,
    NOT_TOLD,
    NOTHING,
    NUMBER,
    PHRASE,
    PIVOTED,
    TOLD,
    says_in_sentences,
)

FAILED = "正しく訳せませんでした"


@pytest.fixture
def case_id(office):
    return office.case(lang="vi")


@pytest.fixture
def thread(case_id, sign_in):
    """Read the thread of the case."""

    return lambda: read(sign_in().get(f"/desk/case/{case_id}/thread").text)


@pytest.fixture
def parts(office, case_id, thread):
    """Put a message on record and return its sentences as the thread shows them."""

    def said(*sentences, author=Author.RESIDENT):
        says_in_sentences(office, case_id, *sentences, author=author)
        return thread().classed("part")

    return said


def words(part):
    return part.classed("words")[0]


def open_words(part):
    """Everything of a sentence that is read without opening anything."""
    return " ".join(each.text for each in part.children if each.tag != "details")


# --- where the words come from -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "shown", "label"),
    [
        (PHRASE, "断られました。", "用意した文"),
        (DRAFT_PHRASE, "仕事をなくしました。", "用意した文（訳は未確認の下書き）"),
        (MEMORY, "おなかがすいています。", "相談員が確かめた訳"),
        (MACHINE, "家にいます。", "自動翻訳"),
        (PIVOTED, "寒いです。", "自動翻訳 別の言語を通した訳"),
    ],
)
def test_words_to_rely_on_stand_with_their_label(parts, sentence, shown, label):
    [part] = parts(sentence)
    assert (words(part).text, words(part).attributes["lang"]) == (shown, "ja")
    assert part.classed("label")[0].text == label
    assert sentence.provenance.value in part.attributes["class"].split()
    assert part.all("details") == []
    assert part.classed("reasons") == []


def test_what_needs_no_translation_is_said_to_stand_as_it_is(parts):
    number, _ = parts(NUMBER, MACHINE)
    assert (words(number).text, number.classed("label")[0].text) == ("090-1234-5678", "そのまま")
    assert words(number).attributes["lang"] == "vi"


def test_only_a_translation_by_way_of_another_language_says_so(parts):
    direct, pivoted = parts(MACHINE, PIVOTED)
    assert direct.classed("pivot") == []
    assert [each.text for each in pivoted.classed("pivot")] == ["別の言語を通した訳"]


def test_a_test_models_sentence_is_folded_away(parts):
    [part] = parts(FOLDED)
    assert open_words(part) == ""
    folded = part.one("details")
    assert "open" not in folded.attributes
    assert folded.one("summary").text == "試験用の自動翻訳（よくまちがえます）"
    assert words(folded).text == "こわいかもです。"


@pytest.mark.parametrize("sentence", [DOUBTED, NOTHING])
def test_what_could_not_be_translated_stands_in_the_original(parts, sentence):
    [part] = parts(sentence)
    assert words(part).text == sentence.source
    assert words(part).attributes["lang"] == "vi"
    assert part.classed("label")[0].text == FAILED


def test_doubted_words_are_read_only_by_who_opens_them(parts):
    [part] = parts(DOUBTED)
    assert DOUBTED.text not in open_words(part)
    [doubtful] = part.all("details")
    assert "open" not in doubtful.attributes
    assert doubtful.one("summary").text == "疑わしい訳を見る"
    assert (words(doubtful).text, words(doubtful).attributes["lang"]) == (DOUBTED.text, "ja")


def test_where_there_are_no_words_there_is_nothing_to_open(parts):
    [part] = parts(NOTHING)
    assert part.all("details") == []
    assert [each.text for each in part.one("ul").all("li")] == ["この言語の翻訳がありません"]


def test_the_reasons_for_a_doubt_are_told_in_japanese(parts):
    [part] = parts(DOUBTED)
    assert [each.text for each in part.classed("reasons")[0].all("li")] == [
        "数字・日付・時刻が合いません（55000、5000）",
        "「する」と「しない」が合いません",
        "決まった用語の訳がありません（借金）",
    ]


@pytest.mark.parametrize("code", sorted(DOUBTS))
def test_every_doubt_has_japanese_words_of_its_own(parts, code):
    [part] = parts(replace(DOUBTED, doubts=(f"{code}:0.41",)))
    [told] = [each.text for each in part.classed("reasons")[0].all("li")]
    assert told == DOUBTS[code].format(about="0.41")
    assert code not in told


def test_engine_and_score_are_told_on_asking(parts):
    titles = [each.attributes.get("title") for each in parts(*EVERY_KIND)]
    assert titles == [
        None,
        "refused.me",
        "job.lost",
        "田中",
        f"{COMPACT}、確からしさ -0.21",
        f"{BY_PIVOT}、確からしさ -0.50",
        COMPACT,
        f"{COMPACT}、確からしさ -1.34",
        None,
    ]


def test_the_residents_own_words_stand_whole_beside_the_sentences(office, case_id, thread):
    message = says_in_sentences(office, case_id, *EVERY_KIND)
    line = thread().one("li", id=f"message-{message}")
    theirs, ours = line.classed("theirs")[0], line.classed("ours")[0]
    assert words(theirs).text == " ".join(each.source for each in EVERY_KIND)
    assert words(theirs).attributes["lang"] == "vi"
    assert len(ours.classed("part")) == len(EVERY_KIND)


def test_nothing_a_person_or_an_engine_wrote_is_markup(parts):
    bad = '<img src=x onerror="alert(1)">'
    sentences = [
        replace(each, source=bad, text=f"{bad}訳", origin=f'{bad}" x="', back=bad)
        for each in (MACHINE, FOLDED, replace(DOUBTED, doubts=(f"term:{bad}", bad)))
    ]
    shown = parts(*sentences)
    assert [part.all("img") for part in shown] == [[], [], []]
    assert all(set(part.attributes) == {"class", "title"} for part in shown)
    assert [words(part).text for part in shown] == [f"{bad}訳", f"{bad}訳", bad]


# --- what a counselor said -----------------------------------------------------------------------


def test_a_counselors_sentence_shows_how_it_reads_translated_back(parts):
    told, untold, number = parts(TOLD, NOT_TOLD, NUMBER, author=Author.COUNSELOR)
    assert (words(told).text, words(told).attributes["lang"]) == (TOLD.text, "vi")
    assert told.classed("back")[0].text == f"訳しもどした文 {TOLD.back}"
    assert untold.classed("back")[0].text == f"訳しもどした文 {NOT_TOLD.back}"
    assert number.classed("back") == []
    assert (words(untold).text, words(untold).attributes["lang"]) == (NOT_TOLD.source, "ja")
    assert words(number).attributes["lang"] == "ja"
    doubtful = words(untold.one("details"))
    assert (doubtful.text, doubtful.attributes["lang"]) == (NOT_TOLD.text, "vi")


@pytest.mark.parametrize(
    ("sentences", "note"),
    [
        ((TOLD, NOT_TOLD), "訳せなかった文は、日本語のまま届きます"),
        ((NOT_TOLD,), "本人には日本語のまま届きます"),
        ((replace(TOLD, provenance=Provenance.DRAFT),), "本人には日本語のまま届きます"),
    ],
)
def test_a_counselor_is_told_what_reaches_the_resident_in_japanese(
    office, case_id, thread, sentences, note
):
    says_in_sentences(office, case_id, *sentences, author=Author.COUNSELOR)
    assert [each.text for each in thread().classed("note")] == [note]
