"""Playing the dialog in a terminal."""

from bot.authoring.play import play
from tests.support.dialogs import BOOK, CATALOGS, make_context


def played(*given, lang="ja"):
    context = make_context()
    return play(
        BOOK,
        CATALOGS,
        lambda: context,
        lang=lang,
        given=given,
        show=lambda _line: None,
        ask=lambda: None,
    ).split("\n")


def test_a_transcript_says_which_dialog_and_language_it_is():
    assert played(lang="en")[:3] == ["dialog: screening", "lang: en", "---"]


def test_what_the_resident_does_stands_beside_what_the_bot_says():
    lines = played("=en", "=START_OK", "safe now?")
    assert "you: =en" in lines
    assert "(language: en)" in lines
    assert any(line.startswith("bot: Are you and your family safe") for line in lines)
    assert any(line.startswith("bot: Sorry, we did not understand") for line in lines)


def test_choices_are_numbered_and_controls_stand_apart():
    lines = played("=ja", "=START_OK", "=SAFE_OK")
    assert any(line.startswith("     [1 WHO_SELF: 自分のこと] [2 ") for line in lines)
    assert any(line.startswith("     [SKIP: 答えない] [BACK: もどる]") for line in lines)


def test_what_happens_behind_stands_in_brackets():
    lines = played("=ja", "=START_OK", "=SAFE_ILL_NOW,DONE", "=STOP")
    assert "(into the queue: crisis)" in lines
    assert "(assessed: U4, RF_MEDICAL_NOW)" in lines
    assert "(stopped)" in lines


def test_comments_and_empty_lines_of_a_file_are_passed_over():
    assert played("# a comment", "", "  ", "=ja")[-1] == played("=ja")[-1]


def test_the_free_chat_gives_its_receipt_once_and_again_after_a_new_question():
    lines = played("=ja", "=START_OK", "=HUMAN", "あ", "い", "=CONTINUE", "=HUMAN", "う")
    assert lines.count("bot: 受け取りました。相談員が読みます。") == 2
    assert lines[lines.index("you: い") + 1] == "you: =CONTINUE"


def test_without_a_file_the_terminal_is_asked_and_sees_every_line():
    context = make_context()
    typed = iter(["=ja", "=START_OK", None])
    shown: list[str] = []

    def show(message: str) -> None:
        shown.append(message)

    transcript = play(
        BOOK,
        CATALOGS,
        lambda: context,
        lang="ja",
        given=None,
        show=show,
        ask=lambda: next(typed),
    )
    assert transcript.split("\n") == shown
    assert any("いま、あなたや家族は安全ですか" in line for line in shown)
