"""What a counselor does at the desk, and how the other consoles hear of it."""

from dataclasses import replace

import pytest

from bot.core.conversation import Conversation
from bot.core.model import Author, Holder, Provenance
from handlers.desk import feed
from tests.desk.office import MINUTE, PASSWORD, Office


def conversation(office: Office, case_id: int) -> Conversation:
    with office.transaction() as work:
        return work.conversations.get(case_id)


def said_by_counselors(office: Office, case_id: int) -> list[str]:
    with office.transaction() as work:
        return [each.text for each in work.messages.of(case_id) if each.author is Author.COUNSELOR]


# --- what a counselor does ----------------------------------------------------------------------


def test_the_first_claim_wins_and_the_second_is_told_who_has_it(office, sign_in):
    case_id = office.case()
    first, second = sign_in("sato"), sign_in("tanaka")
    assert first.post(f"/desk/case/{case_id}/claim").status_code == 303
    response = second.post(f"/desk/case/{case_id}/claim")
    assert response.status_code == 409
    assert "佐藤さんが先に引き受けました" in response.text
    assert len(office.delivered) == 1


def test_a_prepared_sentence_goes_out_at_once_and_only_once(office, sign_in):
    case_id = office.case(lang="vi")
    desk = sign_in()
    desk.post(f"/desk/case/{case_id}/claim")
    desk.get(f"/desk/case/{case_id}")
    nonce = desk.hidden("nonce")
    for _ in range(2):
        sent = desk.post(
            f"/desk/case/{case_id}/reply", text="食べものはありますか。\r\n", nonce=nonce
        )
        assert sent.status_code == 303
    assert said_by_counselors(office, case_id) == ["食べものはありますか。"]
    with office.transaction() as work:
        message = work.messages.of(case_id)[-1]
    assert (message.provenance, message.other) == (
        Provenance.PHRASE,
        "Anh/chị có đồ ăn không?",
    )
    assert len(office.delivered) == 3


def test_an_answer_after_the_claim_was_lost_is_refused_and_kept_in_the_box(office, sign_in):
    case_id = office.case(lang="vi")
    first, second = sign_in("sato"), sign_in("tanaka")
    first.post(f"/desk/case/{case_id}/claim")
    first.get(f"/desk/case/{case_id}")
    first.post(f"/desk/case/{case_id}/requeue")
    second.post(f"/desk/case/{case_id}/claim")
    response = first.post(f"/desk/case/{case_id}/reply", text="大切な返事です。")
    assert response.status_code == 409
    assert "いまは、あなたの担当ではありません" in response.text
    assert ">大切な返事です。</textarea>" in response.text
    assert said_by_counselors(office, case_id) == []


def test_claiming_again_keeps_what_was_written(office, sign_in):
    case_id = office.case()
    desk = sign_in()
    response = desk.post(f"/desk/case/{case_id}/claim", text="書きかけの返事")
    assert response.status_code == 200
    assert ">書きかけの返事</textarea>" in response.text
    assert conversation(office, case_id).holder is Holder.COUNSELOR


@pytest.mark.parametrize("text", ["", "  \r\n ", "あ" * 2_001])
def test_an_empty_or_overlong_answer_is_refused_in_words(office, sign_in, text):
    case_id = office.case()
    desk = sign_in()
    desk.post(f"/desk/case/{case_id}/claim")
    response = desk.post(f"/desk/case/{case_id}/reply", text=text)
    assert response.status_code == 400
    assert "1文字から2,000文字まで" in response.text
    assert said_by_counselors(office, case_id) == []


def test_line_ends_count_once(office, sign_in):
    case_id = office.case()
    desk = sign_in()
    desk.post(f"/desk/case/{case_id}/claim")
    text = "あ\r\n" * 999 + "あ"
    assert desk.post(f"/desk/case/{case_id}/reply", text=text).status_code == 303
    assert said_by_counselors(office, case_id) == [text.replace("\r\n", "\n")]


def test_without_scripts_a_prepared_sentence_can_be_put_into_the_box(office, sign_in):
    case_id = office.case(lang="vi")
    desk = sign_in()
    desk.post(f"/desk/case/{case_id}/claim")
    response = desk.post(
        f"/desk/case/{case_id}/fill", text="こんにちは。", phrase="今日、会えますか。"
    )
    assert ">こんにちは。\n今日、会えますか。</textarea>" in response.text


def test_an_answer_with_an_open_slot_is_not_sent_and_stays_in_the_box(office, sign_in):
    case_id = office.case(lang="vi")
    desk = sign_in()
    desk.post(f"/desk/case/{case_id}/claim")
    office.delivered.clear()
    response = desk.post(f"/desk/case/{case_id}/reply", text="〔日付〕の14:00はいかがですか。")
    assert response.status_code == 409
    assert "まだ書きかえていない〔　〕があります" in desk.page
    assert ">〔日付〕の14:00はいかがですか。</textarea>" in desk.page
    assert said_by_counselors(office, case_id) == []
    assert office.delivered == []
    done = desk.post(f"/desk/case/{case_id}/reply", text="12月5日の14:00はいかがですか。")
    assert done.status_code == 303
    assert said_by_counselors(office, case_id) == ["12月5日の14:00はいかがですか。"]


@pytest.mark.parametrize(
    ("action", "holder", "queued", "message"),
    [
        ("hand-back", Holder.BOT, False, "ボットに戻しました"),
        ("requeue", Holder.BOT, True, "待ちに戻しました"),
        ("close", Holder.CLOSED, False, "相談を終了しました"),
    ],
)
def test_a_case_can_be_handed_back_requeued_and_closed(
    office, sign_in, action, holder, queued, message
):
    case_id = office.case()
    desk = sign_in()
    desk.post(f"/desk/case/{case_id}/claim")
    done = desk.post(f"/desk/case/{case_id}/{action}")
    assert message in desk.get(done.headers["Location"]).text
    now = conversation(office, case_id)
    assert (now.holder, now.in_queue) == (holder, queued)
    assert len(office.delivered) == 2
    again = desk.post(f"/desk/case/{case_id}/{action}")
    assert again.status_code == 409
    assert "いまは、" in again.text


def test_closing_asks_first(office, sign_in):
    case_id = office.case()
    desk = sign_in()
    desk.post(f"/desk/case/{case_id}/claim")
    desk.get(f"/desk/case/{case_id}/close")
    assert f'action="/desk/case/{case_id}/close"' in desk.page
    assert conversation(office, case_id).holder is Holder.COUNSELOR


# --- the feed -----------------------------------------------------------------------------------


def streamed(office: Office, after: int, events: int) -> list[str]:
    token = office.services.signing_in.sign_in("sato", PASSWORD)
    stream = feed.follow(office.services, token=token, after=after)
    return [next(stream) for _ in range(events)]


def test_the_feed_tells_what_changed_since_the_last_known_event(office):
    first = office.case()
    known = office.services.reading.last_update()
    office.says(first, "xin chào")
    beat, news = streamed(office, known, 2)
    assert "event: beat" in beat
    assert news == f'id: {known + 1}\nevent: update\ndata: [[{first},"message"]]\n\n'


def test_the_feed_takes_up_where_the_browser_was(office, sign_in):
    case_id = office.case()
    desk = sign_in()
    response = desk.client.get("/desk/events", headers={"Last-Event-ID": "0"}, buffered=False)
    assert response.mimetype == "text/event-stream"
    stream = iter(response.response)
    next(stream)
    assert f'[[{case_id},"queue"]]' in str(next(stream))
    response.close()


def test_the_feed_ends_with_its_time_and_with_the_sign_in(office):
    office.services = replace(office.services, wait_for_update=lambda _after, _seconds: None)
    token = office.services.signing_in.sign_in("sato", PASSWORD)
    stream = feed.follow(office.services, token=token, after=0)
    assert "beat" in next(stream)
    assert "beat" in next(stream)
    office.now += 5 * MINUTE
    assert list(stream) == []
    office.now -= 5 * MINUTE
    stream = feed.follow(office.services, token=token, after=0)
    next(stream)
    office.services.signing_in.sign_out(token)
    assert list(stream) == []
