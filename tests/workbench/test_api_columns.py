"""Columns in memory: what the log tells changes them to what reading all again would give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from cases import add_reports

from temoin.casefile import Case, incidents
from temoin.casefile.documents import change_document
from temoin.casefile.privacy.levels import set_field_level
from temoin.casefile.reviewing import Verdict, decide, undo
from temoin.workbench.views.columns import Columns, Keeper
from temoin.workbench.views.remembering import head_of, memory_of
from temoin.workbench.views.selecting import reading


def same(case: Case) -> Columns:
    """The columns that were brought up to date, after comparing them with others."""
    with reading(case) as now:
        kept = now.columns
        named = kept.entities(now.session)
        fresh = Keeper(case.target.path is not None).columns(now.session, now.head)
        others = fresh.entities(now.session)
    assert kept.head == fresh.head
    for table in ("claims", "documents"):
        ours, theirs = getattr(kept, table), getattr(fresh, table)
        assert set(ours) == set(theirs)
        for name in ours:
            if name in kept.words:
                # Numbers of texts depend on the order in which they came.
                texts = [
                    [columns.words[name].texts[each] for each in values]
                    for columns, values in ((kept, ours[name]), (fresh, theirs[name]))
                ]
                assert texts[0] == texts[1], name
            else:
                np.testing.assert_array_equal(ours[name], theirs[name], err_msg=name)
    told = [
        sorted(
            (int(claim), each.all[int(entity)].ref, int(role), bool(first))
            for claim, entity, role, first in zip(
                each.claim, each.entity, each.role, each.first, strict=True
            )
        )
        for each in (named, others)
    ]
    assert [row[:3] for row in told[0]] == [row[:3] for row in told[1]]
    assert sum(row[3] for row in told[0]) == sum(row[3] for row in told[1])
    return kept


def test_columns_follow_the_log(filled: Case, tmp_path: Path) -> None:
    before = same(filled)
    first = int(before.claims["id"][0])
    decide(filled, [Verdict("accept", first)], reviewer="ana")
    after = same(filled)
    assert after.text("state", 0) == "accepted"
    # What was read before is as it was: others may still read it.
    assert before.text("state", 0) == "pending"
    decide(filled, [Verdict("edit", first, field="certainty", value="possible")], reviewer="ana")
    same(filled)
    undo(filled, reviewer="ana")
    same(filled)
    set_field_level(filled, first, "*", "secret", actor="ana")
    assert same(filled).sensitivity(0) == "secret"
    (tmp_path / "new.txt").write_text("The army shelled Gao today.", encoding="utf-8")
    add_reports(filled, tmp_path / "new.txt")
    assert len(same(filled)) == len(before) + 1
    with filled.writing(actor="ana") as work:
        change_document(work, 1, status="hidden")
    same(filled)
    incidents.run(filled, actor="ana")
    assert (same(filled).claims["incident"] > 0).any()


def test_generations_tell_which_documents_changed(filled: Case) -> None:
    before = same(filled)
    first = int(before.claims["id"][0])
    mine = int(before.claims["document"][0])
    decide(filled, [Verdict("reject", first)], reviewer="ana")
    after = same(filled)
    for number in after.documents["id"].tolist():
        changed = after.generation(number) > before.generation(number)
        assert changed == (number == mine)


def test_answers_are_kept_until_the_case_changes(filled: Case) -> None:
    memory = memory_of(filled)
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"answer"

    def ask() -> bytes:
        with filled.reading() as session:
            head = head_of(session)
        return memory.bytes_of("key", head, make)

    assert ask() == ask() == b"answer"
    assert len(made) == 1
    with filled.writing(actor="ana") as work:
        change_document(work, 1, sensitivity="secret")
    ask()
    assert len(made) == 2


def test_what_is_kept_is_bounded(filled: Case) -> None:
    memory = memory_of(filled)
    for number in range(200):
        memory.bytes_of(("large", number), 1, lambda: b"x" * 1_000_000)
    assert memory.size() < 70_000_000
