"""What pages show: the residents' thread, the counselors' list and case, and who may see it."""

from dataclasses import replace

import pytest

from bot.core.model import Author, Channel, InboundKind, Level, Provenance
from bot.errors import DeliveryRefusedError, NotFoundError
from bot.service.accepting import accept
from bot.service.records import Counselor
from tests.support.service_tools import Office, Person, Sink, phrase
from tests.support.toy_engine import ToyEngine, made_up

TOKEN = "hash-of-a-token"


@pytest.fixture
def visitor(office: Office) -> Person:
    return office.person(TOKEN, Channel.WEB)


@pytest.fixture
def sato(office: Office) -> Counselor:
    return office.counselor()


def take(office: Office, counselor: Counselor, person: Person) -> int:
    conversation = person.conversation.id
    office.counseling.claim(counselor.id, conversation)
    return conversation


# --- the residents' own thread -----------------------------------------------------------------


def test_somebody_who_never_wrote_has_no_thread(office, visitor):
    assert office.reading.thread(TOKEN) is None
    assert office.reading.updates_for(TOKEN, 0) == []
    accept([visitor.event(InboundKind.FOLLOW)], transaction=office.transaction)
    assert office.reading.thread(TOKEN) is None


def test_a_thread_shows_both_sides_with_the_choices_to_tap(office, visitor):
    visitor.begins("vi")
    thread = office.reading.thread(TOKEN)
    assert [each.mine for each in thread.lines] == [False, True, False, True, False]
    last = thread.lines[-1].bubble
    assert (last.session, last.question, last.many) == (visitor.state.session, "Q1", True)
    assert {"SAFE_OK", "DONE", "HUMAN"} <= {each.code for each in last.choices}
    assert thread.lang == "vi"
    assert not thread.with_person
    assert thread.last_update == office.reading.last_update()


def test_a_thread_may_be_read_from_a_line_on(office, visitor):
    visitor.begins()
    lines = office.reading.thread(TOKEN).lines
    assert office.reading.thread(TOKEN, after=lines[2].id).lines == lines[3:]


def test_a_counselors_answer_appears_once_it_has_its_words(office, visitor, sato):
    visitor.asks_for_a_person("vi")
    conversation = take(office, sato, visitor)
    before = len(office.reading.thread(TOKEN).lines)
    office.counseling.reply(sato.id, conversation, "お元気ですか。")
    assert len(office.reading.thread(TOKEN).lines) == before
    office.translate()
    thread = office.reading.thread(TOKEN)
    bubble = thread.lines[-1].bubble
    assert (bubble.author, bubble.text) == (Author.COUNSELOR, made_up("お元気ですか。", "ja", "vi"))
    assert (bubble.original, bubble.note) == (
        "お元気ですか。",
        phrase("bot.machine_label", "vi"),
    )
    assert thread.with_person


def test_an_unsent_message_leaves_a_gap_without_words(office, visitor):
    visitor.begins().says("ひみつ", message_id="m1").does(InboundKind.UNSEND, message_id="m1")
    thread = office.reading.thread(TOKEN)
    [gone] = [each for each in thread.lines if each.unsent]
    assert (gone.mine, gone.bubble.text) == (True, "")
    assert "ひみつ" not in repr(thread)


def test_news_of_others_stay_with_them(office, visitor):
    visitor.begins()
    seen = office.reading.last_update()
    office.person("another", Channel.WEB).begins()
    assert office.reading.updates_for(TOKEN, seen) == []
    visitor.says("1")
    [update] = office.reading.updates_for(TOKEN, seen)
    assert update.conversation_id == visitor.conversation.id
    assert len(office.reading.updates(seen)) == 4


# --- who may read ------------------------------------------------------------------------------


def test_nobody_reads_along_before_the_resident_lets_them(office, anh, sato):
    anh.begins().says("1")
    with pytest.raises(NotFoundError):
        office.reading.case(sato.id, anh.conversation.id)
    anh.taps("HUMAN")
    assert office.reading.case(sato.id, anh.conversation.id).conversation == anh.conversation


def test_strangers_and_people_who_left_read_nothing(office, anh, sato):
    anh.asks_for_a_person()
    with office.transaction() as work:
        work.team._rows[sato.id] = replace(sato, active=False)
    for reader in (sato.id, 999):
        with pytest.raises(NotFoundError):
            office.reading.case(reader, anh.conversation.id)


def test_a_case_that_does_not_exist_looks_like_one_that_is_not_theirs(office, sato):
    with pytest.raises(NotFoundError):
        office.reading.case(sato.id, 999)


# --- the desk ----------------------------------------------------------------------------------


def test_the_list_is_sorted_by_urgency_then_by_waiting_time(office, anh, sato):
    anh.asks_for_a_person("vi")
    office.now += 60_000
    second = office.person("U" + "2" * 32).asks_for_a_person("en")
    urgent = office.person("U" + "3" * 32).begins().taps("SAFE_ILL_NOW", "DONE")
    office.person("U" + "4" * 32).begins()
    rows = office.reading.desk_list(sato.id).rows
    assert [each.conversation_id for each in rows] == [
        each.conversation.id for each in (urgent, anh, second)
    ]
    assert [Level(each.level) for each in rows] == [Level.U4, Level.U1, Level.U1]
    assert [each.reason for each in rows] == ["crisis", "asked", "asked"]
    assert [each.lang for each in rows] == ["ja", "vi", "en"]


def test_a_case_i_hold_stands_in_my_list(office, anh, sato):
    anh.asks_for_a_person()
    take(office, sato, anh)
    [row] = office.reading.desk_list(sato.id).rows
    assert (row.holder, row.counselor_name, row.waiting_since) == ("counselor", "佐藤", None)


def test_a_case_shows_answers_in_japanese_in_the_order_of_answering(office, anh, sato):
    anh.begins("en").taps("SAFE_OK").taps("WHO_FAMILY").taps("C03", "C15", "DONE").taps("HUMAN")
    case = office.reading.case(sato.id, anh.conversation.id)
    answers = {each.question: each for each in case.answers}
    assert list(answers)[:4] == ["START", "Q1", "Q2", "Q3"]
    assert answers["Q2"].answer == "家族のこと"
    assert answers["Q3"].codes == ("C03", "C15")
    assert answers["Q3"].answer == "収入・生活のお金、食べるものがない"
    assert answers["Q1"].asked.startswith("いま、あなたや家族は安全ですか")
    assert answers["Q1"].heading == "安全"


def test_a_case_says_who_wrote_and_what_became_of_it(office, anh, sato):
    anh.asks_for_a_person("vi").says("Tôi đói")
    conversation = take(office, sato, anh)
    office.counseling.reply(sato.id, conversation, "食べものはありますか。")
    sink = Sink(errors=[DeliveryRefusedError()])
    office.deliver({Channel.LINE: sink})
    case = office.reading.case(sato.id, conversation)
    last = case.lines[-1]
    assert (last.by, last.delivery, last.error) == ("佐藤", "sent", "")
    assert (last.message.text, last.message.provenance) == (
        "食べものはありますか。",
        Provenance.PHRASE,
    )
    first = case.lines[0]
    assert (first.delivery, first.error) == ("failed", "delivery_refused")
    own = [each for each in case.lines if each.message.author is Author.RESIDENT]
    assert {(each.by, each.delivery) for each in own} == {("", "")}
    assert case.holder == sato
    assert [each.what for each in case.trail] == ["queued_asked", "claimed", "replied"]
    assert case.last_update == office.reading.last_update()


def test_an_answer_that_waits_for_words_is_seen_by_the_counselor_at_once(office, anh, sato):
    anh.asks_for_a_person("vi")
    conversation = take(office, sato, anh)
    office.counseling.reply(sato.id, conversation, "お元気ですか。")
    line = office.reading.case(sato.id, conversation).lines[-1]
    assert (line.message.text, line.message.provenance) == ("お元気ですか。", Provenance.WAITING)


# --- what could not be translated ----------------------------------------------------------------


def last_note(office):
    return office.reading.thread(TOKEN).lines[-1].bubble.note


def test_a_resident_is_told_that_their_words_could_not_be_translated(office, visitor, sato):
    visitor.asks_for_a_person("vi")
    take(office, sato, visitor)
    visitor.says("Tôi đói bụng quá")
    assert last_note(office) == ""
    office.translate(ToyEngine(always="Estoy muy cansado"))
    assert last_note(office) == phrase("web.not_translated", "vi")
    visitor.says("Tôi đói")
    assert phrase("web.not_translated", "vi") not in [
        each.bubble.note for each in office.reading.thread(TOKEN).lines
    ], "only under the newest words"


def test_nobody_is_told_so_while_nobody_is_there_to_read(office, visitor):
    visitor.asks_for_a_person("vi").says("Tôi đói bụng quá")
    office.translate(ToyEngine(always="Estoy muy cansado"))
    assert last_note(office) == ""


def test_words_that_were_translated_need_no_advice(office, visitor, sato):
    visitor.asks_for_a_person("vi")
    take(office, sato, visitor)
    visitor.says("Tôi đói bụng quá")
    office.translate()
    assert last_note(office) == ""
