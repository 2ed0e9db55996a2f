"""What nobody may say to a resident is found, in every language, and honest words are not."""

import re

import pytest

from bot.adapters.languages import BY_CODE, LANGUAGES
from bot.authoring.forbidden import FILE, HELD_TO, forbidden, load_forbidden
from bot.errors import DialogInvalidError
from tests.support.dialogs import DIALOGS

FORMS = load_forbidden(DIALOGS)


def kinds(lang, said):
    """The kinds of forbidden forms that are found in one sentence."""
    return [problem.split(": ")[2] for problem in forbidden(lang, {"a.b": said}, FORMS)]


@pytest.fixture
def folder(tmp_path):
    """Write a file of forms and return its folder."""

    def write(words: str | bytes):
        raw = words if isinstance(words, bytes) else words.encode()
        (tmp_path / FILE).write_bytes(raw)
        return tmp_path

    return write


# --- what is found -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "kind", "said"),
    [
        ("ja", "promises", "今夜は必ず泊まれます。"),
        ("ja", "promises", "生活保護が受けられます。"),
        ("ja", "promises", "絶対に大丈夫です。"),
        ("ja", "refuses", "あなたは対象外です。"),
        ("ja", "refuses", "資格がありません。"),
        ("ja", "refuses", "あなたはお金をもらえません。"),
        ("ja", "cheers", "がんばってください。"),
        ("ja", "cheers", "それは気のせいです。"),
        ("en", "promises", "You will get money."),
        ("en", "promises", "We guarantee it."),
        ("en", "refuses", "You are not eligible for this."),
        ("en", "refuses", "Sorry, you don't qualify."),
        ("en", "cheers", "Cheer up!"),
        ("zh-Hans", "promises", "我们保证帮到您。"),
        ("zh-Hans", "refuses", "您没有资格。"),
        ("zh-Hant", "promises", "我們保證幫到您。"),
        ("zh-Hant", "refuses", "您沒有資格。"),
        ("ko", "promises", "무조건 됩니다."),
        ("ko", "refuses", "자격이 없습니다."),
        ("vi", "promises", "Chắc chắn sẽ được nhận tiền."),
        ("vi", "refuses", "Bạn không đủ điều kiện."),
        ("ne", "promises", "यो ग्यारेन्टी हो।"),
        ("ne", "refuses", "तपाईं योग्य हुनुहुन्न।"),
        ("pt-BR", "promises", "É garantido."),
        ("pt-BR", "refuses", "Você não tem direito."),
        ("es", "promises", "Está garantizado."),
        ("es", "refuses", "Usted no tiene derecho."),
        ("tl", "promises", "Garantisado po ito."),
        ("tl", "refuses", "Hindi po kayo kwalipikado."),
        ("id", "promises", "Anda pasti dapat uang."),
        ("id", "refuses", "Anda tidak memenuhi syarat."),
        ("my", "promises", "အာမခံပါတယ်။"),
        ("my", "refuses", "ရပိုင်ခွင့် မရှိပါ။"),
        ("th", "promises", "ได้รับแน่นอน"),
        ("th", "refuses", "คุณไม่มีสิทธิ"),
    ],
)
def test_each_kind_is_found_in_each_language(lang, kind, said):
    assert kinds(lang, said) == [kind]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ja", "お金のことを、いっしょに考えます。"),
        ("ja", "使えるかどうかは、窓口で確認します。"),
        ("ja", "「いいえ」でも相談できます。"),
        ("en", "You may be able to use this. A counselor will check with you."),
        ("en", "There is no guard here."),
        ("ko", "자격이 없어도 상담할 수 있습니다."),
        ("vi", "Có thể bạn dùng được chế độ này."),
        ("id", "Anda mungkin bisa memakai bantuan ini."),
    ],
)
def test_careful_words_are_not_found(lang, said):
    assert kinds(lang, said) == []


def test_a_problem_names_language_address_kind_and_words():
    texts = {"a.good": "A counselor will read it.", "a.bad": "No: NOT ELIGIBLE, sorry."}
    assert forbidden("en", texts, FORMS) == ["en: a.bad: refuses: NOT ELIGIBLE"]


def test_easy_japanese_is_held_to_the_japanese_forms():
    said = {"a.b": "今夜は 必ず泊まれます。"}
    assert forbidden("ja-easy", said, FORMS) == ["ja-easy: a.b: promises: 必ず泊まれ"]
    assert forbidden("en", said, FORMS) == []


def test_a_language_without_forms_finds_nothing():
    assert forbidden("xx", {"a.b": "絶対"}, FORMS) == []


# --- the file ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", [each.code for each in LANGUAGES])
def test_every_language_has_forms_against_promises_and_refusals(lang):
    own = FORMS[HELD_TO.get(lang, lang)]
    assert {"promises", "refuses"} <= {kind for kind, _ in own}


def test_the_file_names_no_language_that_we_do_not_speak():
    assert FORMS.keys() <= BY_CODE.keys()
    assert FORMS.keys().isdisjoint(HELD_TO)


def test_case_does_not_matter():
    assert all(form.flags & re.IGNORECASE for forms in FORMS.values() for _, form in forms)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("en: {promises: ['(open'], refuses: []}", "unterminated subpattern"),
        ("en: {promises: []}", "refuses"),
        ("en: {promises: [], refuses: [], threats: []}", "threats"),
        ("en: {promises: 'one', refuses: []}", "promises"),
        ("en: [", "expected"),
        ("en: {promises: [], refuses: []}\nen: {promises: [], refuses: []}", "stands twice"),
        ("- en", "dictionary"),
        (b"\xff\xfe", "utf-8"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_the_reason(folder, words, told):
    with pytest.raises(DialogInvalidError) as refused:
        load_forbidden(folder(words))
    [problem] = refused.value.problems
    assert problem.startswith(f"{FILE}: ")
    assert told in problem
    assert "\n" not in problem


def test_a_file_that_is_missing_is_refused(tmp_path):
    with pytest.raises(DialogInvalidError, match=FILE):
        load_forbidden(tmp_path)


def test_an_empty_file_is_refused(folder):
    with pytest.raises(DialogInvalidError):
        load_forbidden(folder(""))


def test_a_language_may_do_without_forms_that_cheer(folder):
    forms = load_forbidden(folder("en: {promises: [sure], refuses: ['no way']}"))
    assert [kind for kind, _ in forms["en"]] == ["promises", "refuses"]


def test_the_spaces_of_easy_japanese_hide_nothing():
    forms = load_forbidden(DIALOGS)
    said = {"a.b": "お金を 必ず もらえます。"}
    assert forbidden("ja-easy", said, forms)
    assert not forbidden("ja-easy", {"a.b": "お金を もらえる ことが あります。"}, forms)
