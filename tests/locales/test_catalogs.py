"""Fixed sentences in the languages on offer: nothing old, nothing half-done, nothing too long."""

import shutil

import pytest

from bot.adapters.catalogs import load_catalogs, po_path, read_catalog, served
from bot.adapters.languages import BY_CODE, LANGUAGES
from bot.authoring.i18n import save
from bot.core.model import Text
from tests.support.dialogs import BOOK, CATALOG_PROBLEMS, CATALOGS, DIALOG, LANGS, LOCALES

SAFE = BOOK.texts["screening.Q1.SAFE_OK"]
START = BOOK.texts["screening.START.text"]


@pytest.fixture
def locales(tmp_path):
    folder = tmp_path / "locales"
    shutil.copytree(LOCALES, folder)
    return folder


def change(locales, lang, address, *, string=None, fuzzy=False):
    path = po_path(locales, BY_CODE[lang], "residents")
    catalog = read_catalog(path)
    message = next(each for each in catalog if each.context == address)
    if string is not None:
        message.string = string
    if fuzzy:
        message.flags.add("fuzzy")
    save(path, catalog)
    return load_catalogs(locales, BOOK)


def test_the_catalogs_as_they_are_have_no_problem_and_all_languages_are_on_offer():
    assert CATALOG_PROBLEMS == []
    assert list(CATALOGS.languages()) == [
        *("ja", "ja-easy", "en", "zh-Hans", "zh-Hant", "ko", "vi", "ne"),
        *("pt-BR", "es", "tl", "id", "my", "th"),
    ]


def test_the_menu_names_languages_in_their_own_script():
    assert list(CATALOGS.languages().values()) == [
        *("日本語", "やさしい日本語", "English", "简体中文", "繁體中文", "한국어", "Tiếng Việt"),
        *("नेपाली", "Português (Brasil)", "Español", "Filipino", "Bahasa Indonesia"),
        *("မြန်မာဘာသာ", "ไทย"),
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_every_sentence_is_served_in_the_language_itself(lang):
    for text in BOOK.texts.values():
        rendered = CATALOGS.render(text, lang)
        assert (rendered.lang, rendered.fallback) == (lang, False)
        assert rendered.text


def test_japanese_is_the_source():
    assert CATALOGS.render(SAFE, "ja").text == "安全です"


def test_an_unknown_language_gets_japanese_and_it_is_told():
    rendered = CATALOGS.render(SAFE, "xx")
    assert (rendered.text, rendered.lang, rendered.fallback) == ("安全です", "ja", True)


def test_a_fuzzy_sentence_is_not_served_and_hides_its_language(locales):
    catalogs, problems = change(locales, "vi", SAFE.address, fuzzy=True)
    assert problems == []
    assert "vi" not in catalogs.languages()
    rendered = catalogs.render(SAFE, "vi")
    assert (rendered.lang, rendered.fallback) == ("en", True)
    assert rendered.text == CATALOGS.render(SAFE, "en").text


def test_a_missing_sentence_hides_its_language_and_falls_back_step_by_step(locales):
    change(locales, "vi", SAFE.address, string="")
    change(locales, "en", SAFE.address, string="")
    catalogs, _ = change(locales, "ne", SAFE.address, fuzzy=True)
    assert {"vi", "en", "ne"}.isdisjoint(catalogs.languages())
    assert catalogs.render(SAFE, "ne").lang == "ja-easy"
    catalogs, _ = change(locales, "ja-easy", SAFE.address, string="")
    assert catalogs.render(SAFE, "ne").lang == "ja"


def test_a_catalog_that_is_behind_the_dialog_hides_its_language(locales):
    path = po_path(locales, BY_CODE["vi"], "residents")
    words = path.read_text(encoding="utf-8")
    entry = f'msgctxt "{SAFE.address}"\nmsgid "安全です"'
    assert words.count(entry) == 1
    path.write_text(words.replace(entry, entry.replace("です", "でした")), encoding="utf-8")
    catalogs, problems = load_catalogs(locales, BOOK)
    assert "vi" not in catalogs.languages()
    assert problems == []


@pytest.mark.parametrize(
    ("string", "problem"),
    [
        ("Gọi 110.", "the placeholders differ from the source"),
        ("{POLICE_EMERGENCY} {AMBULANCE} {AMBULANCE}", "the placeholders differ from the source"),
        ("{POLICE} {AMBULANCE}", "the placeholders differ from the source"),
    ],
)
def test_a_translation_with_other_placeholders_is_refused(locales, string, problem):
    catalogs, problems = change(locales, "vi", START.address, string=string)
    assert problems == [f"vi/residents.po: {START.address}: {problem}"]
    assert "vi" not in catalogs.languages()
    assert catalogs.render(START, "vi").lang == "en"


def test_a_label_that_does_not_fit_is_refused(locales):
    catalogs, problems = change(locales, "ne", SAFE.address, string="म सुरक्षित छु " * 3)
    assert len(problems) == 1
    assert problems[0].endswith("graphemes, at most 20")
    assert "ne" not in catalogs.languages()


def test_a_label_is_measured_as_people_see_it(locales):
    _, problems = change(locales, "ne", SAFE.address, string="नी" * 20)
    assert problems == []


def review(locales, lang, address, comment):
    path = po_path(locales, BY_CODE[lang], "residents")
    catalog = read_catalog(path)
    message = next(each for each in catalog if each.context == address)
    message.user_comments = [comment] if comment else []
    save(path, catalog)


def test_words_of_a_crisis_without_a_review_state_take_their_language_off_the_menu(locales):
    review(locales, "ko", "screening.SUI_LISTEN.text", "")
    catalogs, problems = load_catalogs(locales, BOOK)
    assert problems == [
        "ko/residents.po: screening.SUI_LISTEN.text: words of a crisis without a review state"
    ]
    assert "ko" not in catalogs.languages()


def test_a_draft_about_life_consent_or_money_is_known_as_one_until_it_is_reviewed(locales):
    crisis = BOOK.texts["screening.SUI_LISTEN.text"]
    assert CATALOGS.render(crisis, "ko").draft
    assert CATALOGS.render(BOOK.texts["programmes.LOAN_SMALL.text"], "ja").draft
    assert not CATALOGS.render(SAFE, "ko").draft
    review(locales, "ko", crisis.address, "review: reviewed Kim 2026-12-01")
    catalogs, _ = load_catalogs(locales, BOOK)
    assert not catalogs.render(crisis, "ko").draft


def test_drafts_can_be_refused_and_then_even_japanese_must_be_reviewed(locales):
    catalogs, problems = load_catalogs(locales, BOOK, refuse_drafts=True)
    assert catalogs.languages() == {}
    assert len(problems) == 1
    assert problems[0].startswith("Japanese: ")
    for lang in ("ja", "ko"):
        for address in BOOK.crisis | BOOK.consent | BOOK.money:
            review(locales, lang, address, "review: reviewed Kim 2026-12-01")
    catalogs, problems = load_catalogs(locales, BOOK, refuse_drafts=True)
    assert (list(catalogs.languages()), problems) == (["ja", "ko"], [])


def test_several_problems_are_told_at_once(locales):
    change(locales, "vi", SAFE.address, string="x" * 21)
    _, problems = change(locales, "en", START.address, string="Hello")
    assert len(problems) == 2


@pytest.mark.parametrize("content", [None, b"msgid", b"\xff\xfe"])
def test_a_catalog_that_cannot_be_read_is_told(locales, content):
    path = po_path(locales, BY_CODE["ne"], "residents")
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    catalogs, problems = load_catalogs(locales, BOOK)
    assert len(problems) == 1
    assert problems[0].startswith("ne/residents.po: ")
    assert "ne" not in catalogs.languages()


def test_arguments_are_worded_in_the_language_that_is_served(locales):
    hint = DIALOG.phrase("bot.multi_hint", done=DIALOG.controls["DONE"].label)
    assert "Chọn xong" in CATALOGS.render(hint, "vi").text
    catalogs, _ = change(locales, "vi", "phrases.bot.multi_hint", fuzzy=True)
    rendered = catalogs.render(hint, "vi")
    assert rendered.lang == "en"
    assert "That is all" in rendered.text


def test_several_sentences_are_listed_with_the_separator_of_the_language():
    picked = DIALOG.phrase("bot.picked", labels=(SAFE, SAFE), done=DIALOG.controls["DONE"].label)
    assert "安全です、安全です" in CATALOGS.render(picked, "ja").text
    assert "Yes, safe now; Yes, safe now" in CATALOGS.render(picked, "en").text


def test_numbers_and_words_are_filled_in():
    rendered = CATALOGS.render(DIALOG.phrase("bot.days", days="10"), "en")
    assert "10" in rendered.text
    assert "110" in CATALOGS.render(START, "ne").text


def test_a_sentence_nobody_translated_is_served_in_japanese():
    own = Text("nowhere.text", "日本語だけ")
    assert CATALOGS.render(own, "vi").lang == "ja"


@pytest.mark.parametrize(
    ("typed", "lang"),
    [
        ("1", "ja"),
        ("８", "ne"),
        ("८", "ne"),
        ("0", ""),
        ("15", ""),
        ("中文", "zh-Hans"),
        ("português", "pt-BR"),
        ("tagalog", "tl"),
        ("English", "en"),
        ("ENGLISH.", "en"),
        ("japanese", "ja"),
        ("やさしい日本語", "ja-easy"),
        ("Tiếng Việt", "vi"),
        ("tieng viet", "vi"),
        ("नेपाली", "ne"),
        ("Nepali", "ne"),
        ("vi", "vi"),
        ("klingon", ""),
        ("", ""),
    ],
)
def test_a_language_is_known_by_number_name_and_code(typed, lang):
    assert CATALOGS.language_of(typed) == lang


def test_a_hidden_language_cannot_be_chosen(locales):
    catalogs, _ = change(locales, "vi", SAFE.address, fuzzy=True)
    assert catalogs.language_of("tieng viet") == ""
    assert catalogs.language_of("vietnamese") == ""


def test_every_language_falls_back_to_japanese_in_the_end():
    for language in LANGUAGES:
        assert language.code == "ja" or language.falls_back[-1] == "ja"


def test_an_entry_of_several_forms_is_not_served(locales):
    path = po_path(locales, BY_CODE["en"], "residents")
    message = next(each for each in read_catalog(path) if each.context == SAFE.address)
    assert served(message)
    message.string = ("one", "many")
    assert served(message) == ""
