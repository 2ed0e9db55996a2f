"""Easy Japanese on LINE: readings in brackets where there is room, plain words on buttons."""

from bot.core.events import Asked
from bot.core.furigana import plain
from bot.core.model import Bubble
from bot.service.wording import asked, said
from handlers.line.messages import to_messages
from handlers.sim.message_rules import refusal
from tests.support.dialogs import BOOK, CATALOGS, DIALOG, Resident, at_question

EASY = "ja-easy"


def bubble_of(resident: Resident, *, furigana: bool = True) -> Bubble:
    state = resident.state
    return asked(DIALOG, state, Asked(state.node), EASY, CATALOGS, furigana=furigana)


def labels(message) -> list[str]:
    return [each["action"]["label"] for each in message["quickReply"]["items"]]


def test_the_words_and_the_numbered_choices_have_readings_and_the_buttons_none():
    message = to_messages([bubble_of(at_question("Q2", EASY))])[-1]
    assert message["text"].startswith("だれの ことを 相談(そうだん)しますか。")
    assert "\n2. 家族(かぞく)の こと" in message["text"]
    assert "家族の こと" in labels(message)
    assert not any("(" in each for each in labels(message))


def test_a_list_of_buttons_has_its_readings_under_the_buttons():
    objects = to_messages([bubble_of(at_question("Q3", EASY))])
    flex = next(each for each in objects if each["type"] == "flex")
    rows = flex["contents"]["body"]["contents"]
    buttons = [each["action"]["label"] for each in rows if each["type"] == "button"]
    texts = [each["text"] for each in rows if each["type"] == "text"]
    assert "1. 病気・健康・障害の こと" in buttons
    assert "病気(びょうき)・健康(けんこう)・障害(しょうがい)の こと" in texts
    assert not any("(" in each for each in buttons)


def test_every_question_with_readings_is_taken_by_the_platform():
    for node in ("START", "Q3", "Q7", "Q12a", "SUMMARY"):
        messages = to_messages([bubble_of(at_question(node, EASY))])
        assert refusal(messages) is None


def test_switched_off_nothing_has_a_reading():
    bubble = bubble_of(at_question("Q7", EASY), furigana=False)
    assert plain(bubble.text) == bubble.text
    assert all(not each.ruby and plain(each.detail) == each.detail for each in bubble.choices)
    spoken = said(BOOK.texts["screening.STOPPED.text"], EASY, CATALOGS, furigana=False)
    assert plain(spoken.text) == spoken.text


def test_a_language_without_readings_is_as_it_was():
    state = at_question("Q7", "ja").state
    japanese = asked(DIALOG, state, Asked("Q7"), "ja", CATALOGS)
    assert all(not each.ruby for each in japanese.choices)
    assert japanese == asked(DIALOG, state, Asked("Q7"), "ja", CATALOGS, furigana=False)


def test_under_its_button_an_official_name_is_told_once():
    asking = asked(DIALOG, at_question("Q12a", "zh-Hans").state, Asked("Q12a"), "zh-Hans", CATALOGS)
    rows = to_messages([asking])[0]["contents"]["body"]["contents"]
    texts = [each["text"] for each in rows if each["type"] == "text"]
    assert {"日本人の配偶者等", "特別永住者"} <= set(texts)
    assert not any("永住者（" in each or each == "永住者" for each in texts)
