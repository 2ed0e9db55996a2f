"""Danger first: the branches, their order, their words, and when a person is told."""

from dataclasses import replace

import pytest

from bot.core.dialog import Ask
from bot.core.events import Alerted, Asked, Said
from bot.core.model import Level
from tests.support.dialogs import BOOK, CATALOGS, DIALOG, LANGS, Resident, at_question

TO_THE_BRANCH = {
    "medical": ("SAFE_ILL_NOW", "screening.CRISIS_MEDICAL.text"),
    "violence": ("SAFE_VIOLENCE_NOW", "screening.CRISIS_VIOLENCE.text"),
    "suicide": ("SAFE_SUICIDE", "screening.SUI_LISTEN.text"),
    "child": ("SAFE_CHILD", "K1"),
    "dv": ("SAFE_VIOLENCE", "D1"),
}
ORDER = list(TO_THE_BRANCH)


@pytest.mark.parametrize("name", ["medical", "violence"])
def test_danger_now_says_whom_to_call_and_tells_a_person_at_once(name):
    code, words = TO_THE_BRANCH[name]
    resident = at_question("Q1").taps(code, "DONE")
    assert resident.said == [words, "screening.CRISIS_HANDED.text"]
    assert (resident.at, resident.alerts) == ("CHAT", ["crisis"])
    assert resident.assessment.level is Level.U4


@pytest.mark.parametrize(
    ("question", "code", "words"),
    [
        ("Q1", "SAFE_ILL_NOW", "screening.CRISIS_MEDICAL.text"),
        ("Q1", "SAFE_VIOLENCE_NOW", "screening.CRISIS_VIOLENCE.text"),
        ("Q1", "SAFE_SUICIDE", "screening.SUI_LISTEN.text"),
        ("Q11", "BM_SUI", "screening.SUI_LISTEN.text"),
    ],
)
def test_a_danger_gets_its_words_the_moment_it_is_picked_and_only_once(question, code, words):
    resident = at_question(question).taps(code)
    assert (resident.at, resident.alerts) == (question, ["crisis"])
    assert resident.said == [words, "phrases.bot.picked"]
    assert resident.assessment.level >= Level.U3
    resident.taps("DONE")
    assert resident.at in {"CHAT", "S1"}
    assert words not in resident.said


def test_more_can_be_picked_after_a_danger():
    resident = at_question("Q1").taps("SAFE_ILL_NOW").taps("SAFE_NO_BED")
    assert resident.said == ["phrases.bot.picked"]
    flags = {hit.flag for hit in resident.taps("DONE").assessment.hits}
    assert {"RF_MEDICAL_NOW", "RF_HOMELESS_TONIGHT"} <= flags


def test_the_words_come_again_when_the_danger_is_picked_again_after_going_back():
    resident = at_question("Q1").taps("SAFE_SUICIDE").taps("DONE").taps("BACK")
    assert resident.at == "Q1"
    assert "screening.SUI_LISTEN.text" in resident.taps("SAFE_SUICIDE").said


@pytest.mark.parametrize("first", range(len(ORDER)))
def test_the_more_urgent_branch_comes_first(first):
    codes = [TO_THE_BRANCH[name][0] for name in ORDER[first:]]
    resident = at_question("Q1").taps(*reversed(codes), "DONE")
    expected = TO_THE_BRANCH[ORDER[first]][1]
    assert expected in (*resident.said, resident.at)


def test_a_person_is_told_as_soon_as_somebody_wants_to_die_and_not_only_at_the_end():
    resident = at_question("Q1").taps("SAFE_SUICIDE", "DONE")
    assert (resident.at, resident.alerts) == ("S1", ["crisis"])
    assert resident.said == ["screening.SUI_LISTEN.text"]


@pytest.mark.parametrize(
    ("question", "code", "at"),
    [("Q1", "SAFE_VIOLENCE", "D1"), ("Q7", "HOME_UNSAFE", "D1"), ("Q11", "BM_SUI", "S1")],
)
def test_a_person_is_told_quietly_when_a_branch_of_today_begins(question, code, at):
    resident = at_question(question).taps(code, "DONE")
    assert (resident.at, resident.alerts) == (at, ["crisis"])
    assert "phrases.bot.today_help" not in resident.said


def test_the_alert_of_a_branch_stands_before_its_question():
    events = at_question("Q1").taps("SAFE_SUICIDE", "DONE").turn.events
    kinds = [type(event) for event in events]
    assert kinds.index(Said) < kinds.index(Alerted) < kinds.index(Asked)


@pytest.mark.parametrize(
    ("s1", "s2", "level"),
    [("S1_YES", "S2_NO", 4), ("S1_NO", "S2_YES", 4), ("S1_NO", "S2_NO", 3), ("SKIP", "SKIP", 3)],
)
def test_the_suicide_branch_asks_three_things_and_hands_over(s1, s2, level):
    resident = at_question("Q1").answers(Q1="SAFE_SUICIDE", S1=s1, S2=s2, S3="S3_ALONE")
    assert resident.at == "CHAT"
    assert resident.said == ["screening.SUI_HANDED.text", "screening.CRISIS_HANDED.text"]
    assert resident.assessment.level == level
    assert set(resident.all_alerts) == {"crisis"}


@pytest.mark.parametrize(("when", "level"), [("K_NOW_YES", 4), ("K_NOW_BEFORE", 3)])
def test_a_child_that_is_hurt_gets_the_numbers_before_anything_more_is_asked(when, level):
    resident = at_question("Q1").answers(Q1="SAFE_CHILD", K1="K1_HURT", K_NOW=when)
    assert (resident.at, resident.said[0]) == ("K_AGE", "screening.CRISIS_CHILD.text")
    assert "crisis" in resident.all_alerts
    resident.answers(K_AGE="K_A5", K_WITH="K_W_HARM")
    assert resident.at == "CHAT"
    assert resident.assessment.level == level


def test_a_parent_who_fears_to_hit_hears_no_blame():
    resident = at_question("Q1").answers(Q1="SAFE_CHILD", K1="K1_ME", K_NOW="K_NOW_BEFORE")
    assert resident.said == ["screening.CHILD_ME.text"]


def test_a_minor_who_is_hit_at_home_is_spoken_to_as_a_child():
    resident = at_question("Q3Y", Q2="WHO_MINOR").taps("C14")
    assert "screening.MINOR_SAFETY.text" in resident.said
    resident.taps("DONE")
    assert resident.at == "K1"
    assert resident.parts[0] == "screening.K1.text.2"
    assert "K1_ME" not in resident.offered


def test_a_worry_without_danger_gets_the_number_and_goes_on():
    resident = at_question("Q1").answers(Q1="SAFE_CHILD", K1="K1_NONE")
    assert (resident.at, resident.said) == ("Q2", ["screening.K3.text"])
    assert resident.all_alerts == []


def test_the_branch_that_waited_has_its_turn_after_the_worry_about_a_child():
    resident = at_question("Q1").answers(Q1="SAFE_CHILD,SAFE_VIOLENCE", K1="K1_NONE")
    assert (resident.at, resident.said) == ("D1", ["screening.K3.text"])


def test_a_branch_fires_only_once():
    resident = at_question("Q1").answers(Q1="SAFE_CHILD", K1="K1_NONE", Q2="WHO_SELF")
    assert resident.at == "Q3"


def test_a_screen_that_may_be_seen_gets_few_words_and_no_more_questions():
    resident = at_question("Q1").answers(Q1="SAFE_VIOLENCE", D1="D1_SEEN")
    assert (resident.at, resident.said) == ("CHAT", ["screening.D1_LATER.text"])
    assert "crisis" in resident.alerts


@pytest.mark.parametrize("sign", ["D2_HURT", "D2_WEAPON", "D2_CHOKE", "D2_THREAT"])
def test_danger_to_life_in_violence_calls_for_the_police_and_stops_asking(sign):
    resident = at_question("Q1").answers(Q1="SAFE_VIOLENCE", D1="D1_SAFE", D2=sign)
    assert resident.at == "CHAT"
    assert resident.said[0] == "screening.CRISIS_VIOLENCE.text"
    assert resident.assessment.level is Level.U4


def test_violence_without_these_signs_asks_for_children_and_for_a_safe_way():
    resident = at_question("Q1").answers(
        Q1="SAFE_VIOLENCE", D1="D1_SAFE", D2="D2_NONE", D3="D3_YES", D4="D4_REPLY", D6="D6_NONE"
    )
    assert resident.at == "CHAT"
    assert {hit.flag for hit in resident.assessment.hits} >= {"RF_DV", "RF_CHILD_ABUSE"}


def test_help_that_is_needed_today_is_told_once_and_the_questions_go_on():
    resident = at_question("Q1").answers(Q1="SAFE_NO_BED")
    assert (resident.at, resident.alerts) == ("Q2", ["rule"])
    assert resident.said == ["phrases.bot.today_help"]
    resident.answers(Q2="WHO_SELF", Q3="C15", Q5="M0", Q4="FOOD_NONE")
    assert resident.all_alerts == ["rule"]


# --- what is written --------------------------------------------------------------------------

CRIES = {
    "ja": "もう死にたいです",
    "ja-easy": "しにたい",
    "en": "I want to die.",
    "vi": "tôi muốn chết",
    "ne": "मलाई मर्न मन लाग्छ",
    "zh-Hans": "我不想活了",
    "zh-Hant": "我真的不想活了",
    "ko": "죽고 싶어요",
    "pt-BR": "eu quero morrer",
    "es": "quiero morirme",
    "tl": "gusto ko nang mamatay",
    "id": "aku ingin mati saja",
    "my": "သေချင်တယ်",
    "th": "อยากตาย",
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("question", ["START", "Q2", "Q3", "Q5", "SUMMARY"])
def test_a_cry_for_help_is_heard_at_any_question(lang, question):
    resident = at_question(question, lang).types(CRIES[lang])
    assert (resident.at, resident.said) == ("S1", ["screening.SUI_LISTEN.text"])
    assert resident.alerts == ["crisis"]


@pytest.mark.parametrize(("lang", "words"), CRIES.items())
def test_a_cry_before_a_language_is_chosen_is_answered_in_its_language(lang, words):
    resident = Resident().types(words)
    assert resident.at == "S1"
    # Traditional and simplified characters share such words; the menu may be used at once.
    same = {"ja-easy": {"ja"}, "zh-Hant": {"zh-Hant", "zh-Hans"}, "id": {"id", "tl"}}
    assert resident.state.lang in same.get(lang, {lang})


@pytest.mark.parametrize("lang", LANGS)
def test_a_cry_is_heard_in_whatever_language_it_is_written(lang):
    assert at_question("Q5", "ja").types(CRIES[lang]).at == "S1"


def test_a_cry_in_the_free_chat_is_heard():
    resident = at_question("Q3").answers(Q3="INFO").types("死にたい")
    assert (resident.at, resident.alerts) == ("S1", ["crisis"])


def test_written_violence_leads_to_the_question_about_the_screen():
    assert at_question("Q5").types("夫に殴られています").at == "D1"
    assert at_question("Q5", "en").types("my husband hits me").at == "D1"


def test_a_typed_choice_with_such_words_is_an_answer_too():
    resident = at_question("Q1").types("死にたい気持ちがある")
    assert resident.at == "S1"
    assert resident.state.answers["Q1"].codes == ("SAFE_SUICIDE",)


def test_what_was_picked_before_a_cry_is_kept():
    resident = at_question("Q1").taps("SAFE_NO_BED").types("死にたい")
    assert resident.at == "S1"
    assert resident.state.answers["Q1"].codes == ("SAFE_NO_BED",)


@pytest.mark.parametrize("lang", LANGS)
def test_every_choice_about_danger_may_be_typed(lang):
    resident = at_question("Q1", lang).answers(Q1="SAFE_VIOLENCE", D1="D1_SAFE")
    node = DIALOG.nodes["D2"]
    assert isinstance(node, Ask)
    label = next(option.label for option in node.options if option.code == "D2_CHOKE")
    resident.types(CATALOGS.render(label, lang).text)
    told = resident.state.answers.get("D2")
    assert "D2_CHOKE" in (told.codes if told is not None else resident.state.picked)


def test_the_same_words_are_heard_again_after_a_counselor_handed_back():
    resident = at_question("Q5").types("死にたい").answers(S1="S1_NO", S2="S2_NO", S3="S3_WITH")
    assert resident.at == "CHAT"
    resident.state = replace(resident.state, alerted=False)
    resident.types("やっぱり死にたい")
    assert (resident.at, resident.alerts) == ("S1", ["crisis"])
    assert resident.answers(S1="S1_YES").assessment.level is Level.U4


def test_the_same_words_while_a_person_is_waited_for_get_the_receipt():
    resident = at_question("Q5").types("死にたい").answers(S1="S1_NO", S2="S2_NO", S3="S3_WITH")
    assert resident.types("死にたい").said == ["screening.CHAT.waiting"]


def test_the_same_words_again_in_a_branch_do_not_start_it_over():
    resident = at_question("Q5").types("死にたい").types("死にたい")
    assert (resident.at, resident.said) == ("S1", ["phrases.bot.not_understood"])


def test_every_sentence_that_saves_a_life_is_known_as_one():
    assert {"screening.CRISIS_MEDICAL.text", "screening.SUI_LISTEN.text"} <= BOOK.crisis
