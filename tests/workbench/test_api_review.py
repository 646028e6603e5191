"""Decisions, conflicts, undo, what is added by hand, steps of many; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from api_cases import at, changed, told
from cases import add_reports
from served import Client

from temoin.casefile import verify
from temoin.workbench.users import Role

ODD = "🔥🔥 L'armée a bombardé Mizda 👩‍👩‍👧 hier: قصف الجيش مدينة مزدة أمس. 12 civils tués à Gao."


def first(client: Client, q: str = "") -> dict[str, Any]:
    claim: dict[str, Any] = told(client, "/claims", q=q, order="text")["items"][0]
    return claim


def whole(client: Client) -> None:
    """The case holds what its log tells."""
    faults: list[str] = []
    verify(client.workbench.case, tell=lambda fault: faults.append(str(fault)))
    assert faults == []


def test_a_claim_is_accepted_and_seen_by_all_views(both: Client) -> None:
    card = first(both)
    claim = changed(both, f"/claims/{card['id']}/decisions",
                    {"action": "accept", "version": 1, "comment": "seen"})  # fmt: skip
    assert (claim["state"], claim["decided_by"]) == ("accepted", "rosa")
    assert claim["version"] == card["version"] + 1
    (step,) = claim["history"]
    assert (step["verdict"], step["reason"], step["holds"]) == ("accept", "seen", True)
    assert told(both, "/claims", q="state:accepted")["total"] == 1
    states = {each["value"]: each["count"] for each in told(both, "/facets")["state"]}
    assert states == {"accepted": 1, "pending": 3}
    assert told(both, f"/documents/{card['document']}")["states"]["accepted"] == 1
    entry = told(both, "/audit", claim=card["id"])["items"][0]
    assert (entry["actor"], entry["claim"]) == ("rosa", card["id"])
    whole(both)


def test_who_comes_second_gets_both_versions(both: Client) -> None:
    card = first(both)
    path = f"/claims/{card['id']}/decisions"
    changed(both, path, {"action": "accept", "version": card["version"]})
    body = {"action": "reject", "version": card["version"], "reason": "not_an_event"}
    conflict = changed(both, path, body, 409)
    assert conflict["yours"] == {
        "version": card["version"], "action": "reject", "field": None, "value": None
    }  # fmt: skip
    assert conflict["theirs"]["state"] == "accepted"
    assert conflict["theirs"]["version"] == card["version"] + 1
    assert conflict["changed_by"] == "rosa"
    assert [each["verdict"] for each in conflict["since"]] == ["accept"]
    assert "Nothing was overwritten" in conflict["detail"]
    assert told(both, f"/claims/{card['id']}")["state"] == "accepted"


def test_undo_brings_back_what_was_below(both: Client) -> None:
    card = first(both)
    path = f"/claims/{card['id']}"
    changed(both, f"{path}/decisions", {"action": "accept", "version": 1})
    changed(both, f"{path}/decisions", {"action": "reject", "version": 2, "reason": "other"})
    assert told(both, "/claims", q="state:rejected")["total"] == 1
    changed(both, f"{path}/undo", {"version": 2}, 409)
    assert changed(both, f"{path}/undo", {"version": 3})["state"] == "accepted"
    (undone,) = changed(both, "/undo", None)["claims"]
    assert (undone["id"], undone["state"]) == (card["id"], "pending")
    assert "nothing" in changed(both, f"{path}/undo", {"version": 5}, 422)["detail"]
    changed(both, "/undo", None, 422)
    whole(both)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("type", "threat", lambda claim: claim["type"] == "threat"),
        ("certainty", "possible", lambda claim: claim["certainty"] == "possible"),
        ("polarity", "negated", lambda claim: claim["polarity"] == "negated"),
        ("time", {"earliest": "2024-03-11", "latest": "2024-03-11"},
         lambda claim: claim["when"] == {"earliest": "2024-03-11", "latest": "2024-03-11",
                                         "precision": "day"}),
        ("place", {"name": "Mizda", "latitude": 31.4, "longitude": 13.0, "radius_km": 2},
         lambda claim: claim["point"]["latitude"] == 31.4),
    ],
)  # fmt: skip
def test_a_field_is_edited_and_keeps_the_machines_value(
    both: Client, field: str, value: object, shown: Callable[[dict[str, Any]], bool]
) -> None:
    card = first(both)
    body = {"action": "edit", "field": field, "value": value, "version": card["version"]}
    claim = changed(both, f"/claims/{card['id']}/decisions", body)
    assert claim["state"] == "edited"
    assert shown(claim), claim
    (edited,) = [each for each in claim["fields"] if each["field"] == field]
    assert edited["decided"]
    assert edited["machine"] != edited["value"]
    whole(both)


def test_the_words_of_an_edit_are_cut_from_the_text(both: Client) -> None:
    card = first(both, "bombarde")
    text = told(both, f"/documents/{card['document']}")["text"]
    span = at(text, "a bombardé")
    body = {"action": "edit", "field": "trigger", "value": span, "version": card["version"]}
    claim = changed(both, f"/claims/{card['id']}/decisions", body)
    assert claim["trigger"] == {**span, "text": "a bombardé"}
    body = {"action": "edit", "field": "trigger", "version": claim["version"],
            "value": {"start": 5, "end": 99_999}}  # fmt: skip
    assert "offsets" in changed(both, f"/claims/{card['id']}/decisions", body, 422)["detail"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"action": "edit", "field": "certainty", "value": "sure"}, "certainty"),
        ({"action": "edit", "field": "colour", "value": "red"}, "no field"),
        ({"action": "accept", "value": 1}, "no value"),
        ({"action": "reject", "field": "type"}, "cannot be without"),
        ({"action": "edit", "field": "actor:0-3", "value": {}}, "start"),
        ({"action": "praise"}, "action"),
        ({"action": "accept", "reason": "boredom"}, "reason"),
        ({"action": "accept", "colour": "red"}, "colour"),
        ({"action": "edit", "field": "place", "value": {"name": "x", "latitude": 99}}, "latitude"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_the_reason(
    both: Client, body: dict[str, Any], says: str
) -> None:
    card = first(both)
    path = f"/claims/{card['id']}/decisions"
    assert says in changed(both, path, {**body, "version": card["version"]}, 422)["detail"]
    assert told(both, f"/claims/{card['id']}")["version"] == card["version"]
    changed(both, "/claims/99/decisions", {"action": "accept", "version": 1}, 404)


def odd_document(client: Client, folder: Path) -> dict[str, Any]:
    """A document with emoji and two directions of writing, in the case."""
    path = folder / "odd.txt"
    path.write_text(ODD, encoding="utf-8")
    add_reports(client.workbench.case, path)
    found = told(client, "/documents", q="doc:odd")["items"][0]
    document: dict[str, Any] = told(client, f"/documents/{found['id']}")
    assert document["text"] == ODD
    return document


def test_a_claim_is_added_from_dragged_words(both: Client, tmp_path: Path) -> None:
    document = odd_document(both, tmp_path)
    place = at(ODD, "Gao")
    body = {
        "document": document["id"],
        "type": "killing",
        # Blanks around what was dragged over do not count.
        "trigger": at(ODD, " tués "),
        "arguments": [{"role": "quantity", **at(ODD, "12")}, {"role": "place", **place},
                      {"role": "target", **at(ODD, "civils")}],
        "time": {"earliest": "2024-03-11", "latest": "2024-03-12"},
        "comment": "missed",
    }  # fmt: skip
    claim = changed(both, "/claims", body, 201)
    assert (claim["origin"], claim["state"]) == ("human", "edited")
    assert claim["trigger"] == {**at(ODD, "tués"), "text": "tués"}
    roles = {each["role"]: each for each in claim["arguments"]}
    # Grounded, as the machine's own are.
    assert roles["quantity"]["quantity"]["value"] == 12
    assert roles["place"]["place"]["latitude"] == pytest.approx(16.27, abs=0.2)
    assert all(each["origin"] == "human" for each in claim["arguments"])
    assert claim["when"] == {"earliest": "2024-03-11", "latest": "2024-03-12",
                             "precision": "days"}  # fmt: skip
    assert told(both, "/claims", q=f"claim:{claim['id']} near:Gao~20")["total"] == 1
    listed = told(both, f"/documents/{document['id']}/claims")["items"]
    assert claim["id"] in {each["id"] for each in listed}
    on_map = told(both, "/map/clusters", q=f"claim:{claim['id']}")
    assert on_map["items"][0]["claim"]["id"] == claim["id"]
    # What somebody added is rejected, not undone.
    refused = changed(both, f"/claims/{claim['id']}/undo", {"version": claim["version"]}, 422)
    assert "reject it" in refused["detail"]
    whole(both)


def test_an_argument_is_added_in_arabic_after_emoji(both: Client, tmp_path: Path) -> None:
    document = odd_document(both, tmp_path)
    card = first(both, f"doc:#{document['id']}")
    words = at(ODD, "مدينة مزدة")
    body = {"role": "place", **words, "version": card["version"]}
    claim = changed(both, f"/claims/{card['id']}/arguments", body, 201)
    added = next(each for each in claim["arguments"] if each["start"] == words["start"])
    assert added["text"] == "مدينة مزدة"
    assert added["field"] == f"place:{words['start']}-{words['end']}"
    assert (added["origin"], added["decided"]) == ("human", True)
    changed(both, f"/claims/{card['id']}/arguments", body, 409)
    again = {**body, "version": claim["version"]}
    assert "already" in changed(both, f"/claims/{card['id']}/arguments", again, 422)["detail"]
    back = changed(both, f"/claims/{card['id']}/undo", {"version": claim["version"]})
    assert words["start"] not in {each["start"] for each in back["arguments"]}
    whole(both)


@pytest.mark.parametrize(
    ("span", "says"),
    [({"start": 5, "end": 5}, "offsets"), ({"start": 9, "end": 3}, "offsets"),
     ({"start": 0, "end": 9_999}, "offsets"), ({"start": -1, "end": 3}, "start"),
     ({"start": 0, "end": 2}, "no letter")],
)  # fmt: skip
def test_words_that_are_none_are_refused(
    both: Client, tmp_path: Path, span: dict[str, int], says: str
) -> None:
    document = odd_document(both, tmp_path)
    body = {"document": document["id"], "type": "killing", "trigger": span}
    assert says in changed(both, "/claims", body, 422)["detail"]
    changed(both, "/claims", {**body, "document": 99, "trigger": {"start": 0, "end": 1}}, 404)


def test_an_argument_that_is_edited_by_its_words_is_grounded(both: Client, tmp_path: Path) -> None:
    document = odd_document(both, tmp_path)
    card = first(both, f"doc:#{document['id']}")
    body: dict[str, Any] = {"role": "place", **at(ODD, "مدينة"), "version": card["version"]}
    added = changed(both, f"/claims/{card['id']}/arguments", body, 201)
    field = f"place:{at(ODD, 'مدينة')['start']}-{at(ODD, 'مدينة')['end']}"
    body = {"action": "edit", "field": field, "value": {"role": "place", **at(ODD, "Gao")},
            "version": added["version"]}  # fmt: skip
    claim = changed(both, f"/claims/{card['id']}/decisions", body)
    argument = next(each for each in claim["arguments"] if each["field"] == field)
    assert argument["text"] == "Gao"
    assert argument["place"]["country"] == "ML"


def test_many_claims_are_previewed_done_and_undone(fresh: Client) -> None:
    preview = changed(fresh, "/bulk/preview", {"q": "type:killing", "action": "accept"})
    total = told(fresh, "/claims", q="type:killing", limit=1)["total"]
    assert preview["count"] == total == preview["by_type"]["killing"]
    assert preview["by_state"] == {"pending": total}
    assert len(preview["sample"]) == min(total, 20)
    done = changed(fresh, "/bulk", {"token": preview["token"], "comment": "read them all"})
    assert (done["count"], done["job"]) == (total, None)
    assert told(fresh, "/claims", q="state:accepted", limit=1)["total"] == total
    # A token works once.
    changed(fresh, "/bulk", {"token": preview["token"]}, 404)
    again = changed(fresh, "/bulk/preview", {"q": "type:killing", "action": "accept"})
    assert (again["count"], again["unchanged"], again["token"]) == (0, total, None)
    undone = changed(fresh, f"/bulk/{done['batch']}/undo", None)
    assert undone["count"] == total
    assert told(fresh, "/claims", q="state:accepted", limit=1)["total"] == 0
    changed(fresh, f"/bulk/{done['batch']}/undo", None, 422)
    changed(fresh, f"/bulk/{'0' * 32}/undo", None, 422)


def test_a_step_is_refused_where_a_claim_changed_since(fresh: Client) -> None:
    preview = changed(fresh, "/bulk/preview", {"q": "type:siege OR type:killing",
                                               "action": "reject"})  # fmt: skip
    card = preview["sample"][0]
    changed(fresh, f"/claims/{card['id']}/decisions", {"action": "accept", "version": 1})
    changed(fresh, "/bulk", {"token": preview["token"]}, 409)
    assert told(fresh, "/claims", q="state:rejected", limit=1)["total"] == 0


def test_a_step_on_many_claims_is_a_job(fresh: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("temoin.workbench.views.bulk.AT_ONCE", 3)
    preview = changed(fresh, "/bulk/preview", {"q": "type:killing", "action": "unsure"})
    done = changed(fresh, "/bulk", {"token": preview["token"]})
    job = fresh.finished(done["job"])
    assert job["state"] == "done"
    assert job["result"]["count"] == preview["count"]
    assert told(fresh, "/claims", q="state:unsure", limit=1)["total"] == preview["count"]
    changed(fresh, f"/bulk/{job['result']['batch']}/undo", None)


def test_too_many_claims_are_not_decided_on_at_once(
    fresh: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("temoin.workbench.views.bulk.MOST", 3)
    preview = changed(fresh, "/bulk/preview", {"q": "", "action": "accept"})
    assert preview["token"] is None
    assert "narrow the filter" in preview["notes"][-1]


def test_sensitivity_shows_in_each_list(both: Client) -> None:
    card = first(both)
    number = card["document"]
    version = told(both, f"/documents/{number}")["version"]
    body = {"sensitivity": "confidential", "version": version, "comment": "names a witness"}
    document = changed(both, f"/documents/{number}", body, method="PATCH")
    assert document["sensitivity"] == "confidential"
    changed(both, f"/documents/{number}", body, 409, method="PATCH")
    assert told(both, f"/claims/{card['id']}")["sensitivity"] == "confidential"
    listed = told(both, "/documents", q=f"doc:#{number}")["items"][0]
    assert listed["sensitivity"] == "confidential"
    claim = changed(both, f"/claims/{card['id']}/sensitivity", {"level": "secret"}, method="PUT")
    assert claim["sensitivity"] == "secret"
    assert told(both, "/claims", q=f"claim:{card['id']}")["items"][0]["sensitivity"] == "secret"
    claim = changed(both, f"/claims/{card['id']}/sensitivity",
                    {"level": "secret", "field": "trigger"}, method="PUT")  # fmt: skip
    (marked,) = [each for each in claim["fields"] if each["field"] == "trigger"]
    assert marked["sensitivity"] == "secret"
    changed(both, "/documents/99", body, 404, method="PATCH")
    whole(both)


def test_a_hidden_document_is_left_out_everywhere(both: Client) -> None:
    card = first(both)
    number = card["document"]
    before = told(both, "/claims", limit=1)["total"]
    mine = told(both, f"/documents/{number}")
    body = {"status": "hidden", "version": mine["version"]}
    changed(both, f"/documents/{number}", body, method="PATCH")
    left = before - mine["claims"]
    assert told(both, "/claims", limit=1)["total"] == left
    assert told(both, "/facets")["total"] == left
    assert told(both, "/map/clusters")["total"] == left
    assert told(both, "/documents")["total"] == 2
    # By its number it can be looked at all the same.
    assert told(both, f"/claims/{card['id']}")["id"] == card["id"]


def test_pairs_are_judged_and_taken_back(fresh: Client) -> None:
    pair = told(fresh, "/pairs", limit=1)["items"][0]
    a, b = pair["a"]["id"], pair["b"]["id"]
    total = told(fresh, "/pairs")["total"]
    done = changed(fresh, "/pairs", {"a": a, "b": b, "verdict": "different", "reason": "days"})
    assert done["holds"] == "different"
    assert told(fresh, "/pairs")["total"] == total - 1
    assert changed(fresh, "/pairs/undo", {"a": b, "b": a})["holds"] is None
    assert told(fresh, "/pairs")["total"] == total
    # Who is unsure sees it again, last.
    changed(fresh, "/pairs", {"a": a, "b": b, "verdict": "unsure"})
    last = told(fresh, "/pairs", limit=500)["items"][-1]
    assert ({last["a"]["id"], last["b"]["id"]}, last["verdict"]) == ({a, b}, "unsure")
    changed(fresh, "/pairs/undo", {"a": a, "b": b})
    changed(fresh, "/pairs/undo", {"a": a, "b": b}, 422)
    changed(fresh, "/pairs", {"a": a, "b": a, "verdict": "same"}, 422)
    changed(fresh, "/pairs", {"a": a, "b": 9999, "verdict": "same"}, 404)
    incident = told(fresh, f"/incidents/{pair['incidents'][0]}")
    assert incident["run"]["since"] >= 3
    assert incident["notes"]


def test_who_only_reads_changes_nothing(client_as: Callable[[Role], Client]) -> None:
    client = client_as("read")
    card = first(client)
    for path, body in (
        (f"/claims/{card['id']}/decisions", {"action": "accept", "version": 1}),
        (f"/claims/{card['id']}/undo", {"version": 1}),
        (f"/claims/{card['id']}/arguments", {"role": "place", "start": 0, "end": 3, "version": 1}),
        ("/claims", {"document": 1, "type": "threat", "trigger": {"start": 0, "end": 3}}),
        ("/bulk", {"token": "x"}),
        ("/pairs", {"a": 1, "b": 2, "verdict": "same"}),
        ("/undo", None),
    ):
        changed(client, path, body, 403)
    assert told(client, f"/claims/{card['id']}")["version"] == 1
