"""What every store promises about versions of the dialog, consents and words that must not stay."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.core.model import Channel, Holder
from bot.errors import NotFoundError
from bot.service.records import Release
from tests.storage.builders import consent, conversation, message, parcel

PACKED = bytes(range(256))

# --- versions ------------------------------------------------------------------------------------


def test_a_version_is_kept_with_its_content_byte_for_byte(stores):
    with stores.transaction() as work:
        work.releases.add("1-a", PACKED, at=1_700_000_000_001)
    with stores.reading() as work:
        assert work.releases.get("1-a") == Release("1-a", 1_700_000_000_001)
        assert work.releases.packed("1-a") == PACKED


def test_an_unknown_version_is_none(stores):
    with stores.transaction() as work:
        assert work.releases.get("1-a") is None
        assert work.releases.packed("1-a") is None
        assert work.releases.all() == []


def test_adding_a_version_again_renews_its_content_and_keeps_its_age(stores):
    with stores.transaction() as work:
        work.releases.add("1-a", b"old words", at=5)
        work.releases.add("1-a", b"new words", at=9)
        assert work.releases.all() == [Release("1-a", 5)]
        assert work.releases.packed("1-a") == b"new words"


def test_versions_are_listed_oldest_first(stores):
    with stores.transaction() as work:
        for name, at in (("2-b", 9), ("1-a", 5), ("1-b", 9)):
            work.releases.add(name, b"", at=at)
        assert [each.version for each in work.releases.all()] == ["1-a", "1-b", "2-b"]


def test_a_retired_version_keeps_its_first_day_of_rest_until_it_is_added_again(stores):
    with stores.transaction() as work:
        work.releases.add("1-a", PACKED, at=5)
        work.releases.add("2-b", b"", at=6)
        work.releases.retire("1-a", at=7)
        work.releases.retire("1-a", at=8)
        assert work.releases.all() == [Release("1-a", 5, 7), Release("2-b", 6)]
        assert work.releases.packed("1-a") == PACKED
        work.releases.add("1-a", PACKED, at=9)
        assert work.releases.get("1-a") == Release("1-a", 5)


def test_processes_that_store_the_same_version_at_once_both_succeed(
    sql_store, threads: ThreadPoolExecutor
):
    together = threading.Barrier(4)

    def start(number: int) -> None:
        together.wait()
        with sql_store.transaction() as work:
            work.releases.add("1-a", PACKED, at=number)

    for done in [threads.submit(start, number) for number in range(1, 5)]:
        done.result()
    with sql_store.reading() as work:
        [release] = work.releases.all()
        assert (release.version, work.releases.packed("1-a")) == ("1-a", PACKED)


# --- running conversations -----------------------------------------------------------------------


def test_running_conversations_come_page_by_page_without_closed_ones(stores):
    with stores.transaction() as work:
        talks = [conversation(work, f"U{number}") for number in range(4)]
        work.conversations.save(replace(talks[1], holder=Holder.CLOSED))
        work.conversations.save(held := replace(talks[2], holder=Holder.COUNSELOR))
    with stores.reading() as work:
        assert work.conversations.running(after=0, limit=2) == [talks[0], held]
        assert work.conversations.running(after=held.id, limit=2) == [talks[3]]
        assert work.conversations.running(after=talks[3].id, limit=2) == []


# --- consents ------------------------------------------------------------------------------------


def test_a_consent_is_kept_with_every_field(stores):
    with stores.transaction() as work:
        talk = conversation(work)
        other = conversation(work, "U2")
        full = consent(
            talk.id,
            "SHARE_HELLOWORK",
            given=False,
            address="contact.SHARE.text",
            version="2-b",
            lang="my",
            channel=Channel.WEB,
            at=1_700_000_000_001,
            withdrawn_at=1_700_000_000_002,
        )
        work.consents.add(full)
        work.consents.add(consent(other.id))
    with stores.reading() as work:
        [kept] = work.consents.of(talk.id)
        assert kept == replace(full, id=kept.id)


def test_a_withdrawal_marks_what_was_given_to_this_item_and_nothing_else(stores):
    with stores.transaction() as work:
        talk, other = conversation(work), conversation(work, "U2")
        work.consents.add(consent(talk.id, "SEND", at=1))
        work.consents.add(consent(talk.id, "SHARE_HELLOWORK", at=2))
        work.consents.add(consent(talk.id, "SHARE_HELLOWORK", given=False, at=3))
        work.consents.add(consent(other.id, "SHARE_HELLOWORK", at=4))
        work.consents.withdraw(talk.id, "SHARE_HELLOWORK", at=5)
        work.consents.withdraw(talk.id, "SHARE_HELLOWORK", at=6)
        assert [each.withdrawn_at for each in work.consents.of(talk.id)] == [None, 5, None]
        assert [each.withdrawn_at for each in work.consents.of(other.id)] == [None]


# --- words that must not stay --------------------------------------------------------------------


def test_erased_messages_are_gone_and_those_of_others_stay(stores):
    with stores.transaction() as work:
        talk, other = conversation(work), conversation(work, "U2")
        parcel_id, _ = work.outbox.add(parcel(talk.id))
        first, second = work.messages.add(
            [message(talk.id, parcel_id=parcel_id), message(talk.id, external_id="m1")]
        )
        (kept,) = work.messages.add([message(other.id)])
        work.messages.erase(talk.id)
    with stores.transaction() as work:
        assert work.messages.of(talk.id) == []
        assert work.messages.find_external(talk.id, "m1") is None
        for gone in (first, second):
            with pytest.raises(NotFoundError):
                work.messages.get(gone)
        assert [each.id for each in work.messages.of(other.id)] == [kept]
        work.messages.erase(talk.id)


def test_a_message_written_after_an_erasure_never_has_the_id_of_an_erased_one(sql_store):
    with sql_store.transaction() as work:
        talk = conversation(work)
        (erased,) = work.messages.add([message(talk.id)])
        work.messages.erase(talk.id)
        (written,) = work.messages.add([message(talk.id)])
    assert written > erased
