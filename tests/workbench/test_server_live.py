"""The live feed: what changes is told, whoever did it, and nothing is missed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cases import decide
from export_cases import add
from real_server import Event, Real, listening
from sample_records import one_event

from temoin.casefile import Case
from temoin.casefile.schema import AuditEntry
from temoin.workbench.live import Live, Message, Poller, changes
from temoin.workbench.settings import Limits
from temoin.workbench.users import User

ANA, ROOT = User("ana", "review"), User("root", "admin")


@pytest.fixture
def real(case_file: Path) -> Iterator[Real]:
    with listening(case_file) as server:
        yield server


def following(events: Iterator[Event], name: str) -> Event:
    """The next event of a name."""
    return next(event for event in events if event.name == name)


def test_feed_begins_with_the_state_of_the_log(real: Real) -> None:
    hello = next(real.feed())
    assert hello.name == "hello"
    assert hello.id == str(hello.data["seq"])


def test_change_by_another_process_is_told(real: Real, case_file: Path) -> None:
    events = real.feed()
    following(events, "hello")
    with Case.open(case_file) as other:
        decide(other, 2, "accept")
    told = following(events, "claim_changed")
    assert (told.data["by"], told.data["action"], told.data["claims"]) == ("bea", "accept", [2])
    assert told.id == str(told.data["seq"])


def test_own_upload_is_told_with_its_progress(real: Real) -> None:
    events = real.feed()
    following(events, "hello")
    job = real.ask("POST", "/api/v1/uploads", {"text": "The army shelled Mizda."}).read()
    assert job
    names = []
    for event in events:
        names.append(event.name)
        if event.name == "document_added":
            assert (event.data["by"], event.data["documents"]) == ("rosa", [4])
            break
    assert "job_progress" in names


def test_what_was_missed_is_told_later(real: Real, case_file: Path) -> None:
    seq = following(real.feed(), "hello").data["seq"]
    with Case.open(case_file) as other:
        decide(other, 1, "reject")
        decide(other, 3, "unsure")
    while real.workbench.poller.seen < seq + 2:
        time.sleep(0.02)
    events = real.feed(**{"Last-Event-ID": str(seq)})
    told = [next(events) for _ in range(3)]
    assert [(event.name, event.data.get("claims")) for event in told] == [
        ("claim_changed", [1]),
        ("claim_changed", [3]),
        ("hello", None),
    ]


def test_who_missed_too_much_loads_anew(
    real: Real, case_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("temoin.workbench.server.events.MOST", 1)
    seq = following(real.feed(), "hello").data["seq"]
    with Case.open(case_file) as other:
        for _ in range(3):
            decide(other, 1, "accept")
    while real.workbench.poller.seen < seq + 3:
        time.sleep(0.02)
    told = following(real.feed(**{"Last-Event-ID": str(seq)}), "resync")
    assert told.data["seq"] >= seq + 3


@pytest.mark.parametrize("last", ["nonsense", "-1", "9" * 30, "²"])
def test_number_that_is_none_is_passed_over(real: Real, last: str) -> None:
    events = real.feed(**{"Last-Event-ID": last.encode().decode("latin-1")})
    assert next(events).name == "hello"


def test_feed_ends_with_the_session(real: Real, case_file: Path) -> None:
    events = real.feed()
    following(events, "hello")
    assert real.ask("POST", "/api/v1/logout").status == 204
    with Case.open(case_file) as other:
        decide(other, 2, "accept")
    assert [event.name for event in events] == ["session_ended"]


def test_feed_is_forgotten_when_the_page_closes(real: Real) -> None:
    answer = real.ask("GET", "/api/v1/events")
    answer.readline()
    assert real.workbench.live.count == 1
    real.close()
    for _ in range(200):
        real.workbench.live.publish("case_changed", {})
        if real.workbench.live.count == 0:
            return
        time.sleep(0.02)
    pytest.fail("the feed is still there")


def test_feeds_are_bounded(case_file: Path) -> None:
    with listening(case_file, limits=Limits(streams=1)) as real:
        open_one = real.feed()
        next(open_one)
        refused = real.ask("GET", "/api/v1/events")
        assert refused.status == 429
        assert refused.getheader("Retry-After")


def test_server_ends_although_feeds_are_open(case_file: Path) -> None:
    begun = time.monotonic()
    with listening(case_file) as real:
        events = real.feed()
        next(events)
    assert time.monotonic() - begun < 4
    assert list(events) == []


def entry(seq: int, action: str, kind: str, target: int, **columns: Any) -> AuditEntry:
    return AuditEntry(seq=seq, action=action, kind=kind, target=target, actor="ana", **columns)


def told(*entries: AuditEntry) -> list[tuple[str, Any, int]]:
    return [(each.event, each.named, each.more) for each in changes(entries)]


def test_decisions_of_one_step_are_told_at_once() -> None:
    entries = [
        entry(n, "accept", "decision", n, new=f'{{"batch":"b","claim_id":{n}}}')
        for n in range(1, 6)
    ]
    assert told(*entries) == [("claim_changed", [1, 2, 3, 4, 5], 0)]


def test_decisions_of_two_steps_are_not() -> None:
    entries = [
        entry(n, "accept", "decision", n, new=f'{{"batch":"{n}","claim_id":{n}}}') for n in (1, 2)
    ]
    assert told(*entries) == [("claim_changed", [1], 0), ("claim_changed", [2], 0)]


def test_very_many_are_counted() -> None:
    entries = [
        entry(n, "accept", "decision", n, new=f'{{"batch":"b","claim_id":{n}}}')
        for n in range(1, 702)
    ]
    ((name, named, more),) = told(*entries)
    assert (name, len(named), more) == ("claim_changed", 500, 201)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (entry(1, "add", "document", 4), [("document_added", [4], 0)]),
        (entry(1, "update", "document", 4), [("document_changed", [4], 0)]),
        (entry(1, "reread", "document", 4, field="claims"), [("document_changed", [4], 0)]),
        (entry(1, "add", "record", 4), []),
        (entry(1, "add", "acquisition", 4), []),
        (entry(1, "corroborate", "corroboration", 3), [("incident_changed", [3], 0)]),
        (
            entry(1, "same", "pair_decision", 9, new='{"claim_id":2,"other_id":7}'),
            [("pair_judged", [[2, 7]], 0)],
        ),
        (
            entry(1, "set", "field_sensitivity", 9, old='{"claim_id":5}', new=None),
            [("claim_changed", [5], 0)],
        ),
        (entry(1, "migrate", "case", 1, field="schema"), [("case_changed", [1], 0)]),
    ],
    ids=lambda each: each.kind if isinstance(each, AuditEntry) else "",
)
def test_entry_becomes_an_event(given: AuditEntry, expected: list[Any]) -> None:
    assert told(given) == expected


def test_event_cannot_be_ended_by_what_is_in_it() -> None:
    message = Message("claim_changed", {"by": "a\n\nevent: evil\ndata: {}\u2028\r"}, seq=7)
    encoded = message.encoded().decode()
    assert encoded.count("\n") == 4
    assert "\r" not in encoded
    assert encoded.startswith("id: 7\nevent: claim_changed\ndata: {")


def test_poller_tells_nothing_of_the_past(case_file: Path) -> None:
    live = Live(limit=5)
    with Case.open(case_file) as case:
        poller = Poller(case, live, every=60)
        poller.start()
        poller.look()
        poller.stop()
    assert live.sent == 0


def test_poller_jumps_over_what_is_too_much(
    case_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("temoin.workbench.live.poller.MOST", 2)
    published: list[str] = []

    class Heard(Live):
        def publish(self, event: str, data: dict[str, Any], **_more: Any) -> None:  # noqa: ARG002
            published.append(event)

    with Case.open(case_file) as case:
        poller = Poller(case, Heard(limit=1), every=60)
        poller.seen = 1
        poller.look()
        assert published == ["resync"]
        add(case, one_event("The army shelled Kidal.", "shelled"))
        before = poller.seen
        poller.look()
    assert poller.seen > before


class Room:
    """Feeds in an event loop, without a server."""

    def __init__(self) -> None:
        self.live = Live(limit=10)

    async def heard(self, *users: User, messages: list[tuple[str, User | None]]) -> list[int]:
        feeds = [self.live.open(user) for user in users]
        for name, only in messages:
            self.live.publish(name, {}, only=only)
        await asyncio.sleep(0)
        return [feed.queue.qsize() for feed in feeds if feed]


def test_progress_of_a_job_is_told_to_its_owner_and_to_admins() -> None:
    bea = User("bea", "review")
    found = asyncio.run(Room().heard(ANA, bea, ROOT, messages=[("job_progress", ANA)]))
    assert found == [1, 0, 1]


def test_feed_that_nobody_reads_does_not_grow() -> None:
    async def flood() -> tuple[int, bool]:
        live = Live(limit=1)
        feed = live.open(ANA)
        assert feed is not None
        for _ in range(1_000):
            live.publish("case_changed", {})
        await asyncio.sleep(0)
        return feed.queue.qsize(), feed.lost

    assert asyncio.run(flood()) == (256, True)
