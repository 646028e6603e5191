"""Map, timeline, graph, incidents, pairs, situation, entities."""

from __future__ import annotations

import pytest
from api_cases import told
from served import Client


def test_clusters_fall_apart_as_one_zooms_in(examples: Client) -> None:
    counts = [len(told(examples, "/map/clusters", zoom=zoom)["items"]) for zoom in (0, 4, 8, 14)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_a_single_claim_on_the_map_is_told(examples: Client) -> None:
    items = told(examples, "/map/clusters", zoom=14)["items"]
    single = next(each for each in items if each["count"] == 1)
    claim = told(examples, f"/claims/{single['claim']['id']}")
    assert claim["point"]["latitude"] == pytest.approx(single["latitude"], abs=1e-4)
    assert claim["type"] == single["claim"]["type"]
    assert single["claims"] == [claim["id"]]
    several = next(each for each in items if each["count"] > 1)
    assert several["claim"] is None
    assert several["one_place"]
    assert sum(several["types"].values()) == sum(several["families"].values()) == several["count"]


def test_the_map_shows_what_is_in_its_box(examples: Client) -> None:
    inside = told(examples, "/map/clusters", bbox="10,30,15,33", zoom=6)
    assert inside["shown"]
    assert inside["elsewhere"]
    for each in inside["items"]:
        assert 10 <= each["longitude"] <= 15
        assert 30 <= each["latitude"] <= 33
    # The other way round the world is all the rest.
    rest = told(examples, "/map/clusters", bbox="15,30,10,33", zoom=6)
    assert rest["shown"] + inside["shown"] <= inside["shown"] + inside["elsewhere"]
    found = told(examples, "/claims", q="within:10,30,15,33", limit=1)["total"]
    assert found == inside["shown"]


@pytest.mark.parametrize("bbox", ["1,2,3", "a,b,c,d", "1,3,2,2", "1,2,3,400", "1,2,3,4,5"])
@pytest.mark.parametrize("path", ["/map/clusters", "/map/places"])
def test_what_is_no_box_is_refused(examples: Client, path: str, bbox: str) -> None:
    assert told(examples, path, 422, bbox=bbox)["detail"]


def test_places_are_named_by_size(examples: Client) -> None:
    names = [each["name"] for each in told(examples, "/map/places", bbox="-10,10,40,50", zoom=5)[
        "items"]]  # fmt: skip
    assert "Paris" in names
    assert "Cairo" in names
    near = told(examples, "/map/places", bbox="12.9,31.4,13.1,31.5", zoom=12)["items"]
    assert [each["name"] for each in near] == ["Mizdah"]
    world = told(examples, "/map/places", zoom=1)["items"]
    assert {each["kind"] for each in world} == {"country"}
    assert [each["rank"] for each in world] == list(range(1, len(world) + 1))


def test_the_timeline_has_bins_and_few_claims_one_by_one(examples: Client) -> None:
    whole = told(examples, "/timeline", bins=40)
    assert whole["unit"] == "quarter" or len(whole["bins"]) <= 60
    assert sum(each["count"] for each in whole["bins"]) == whole["shown"]
    assert whole["shown"] + whole["undated"] == whole["total"]
    few = told(examples, "/timeline", 200, **{"from": "2019-11-10", "to": "2019-11-16"})
    assert few["unit"] == "day"
    assert len(few["bins"]) == 7
    assert len(few["items"]) == few["shown"]
    for item in few["items"]:
        assert (item["when"]["earliest"] or "0") <= "2019-11-16"
        assert (item["when"]["latest"] or "9") >= "2019-11-10"
    for each in whole["bins"]:
        assert sum(each["by_family"].values()) == each["count"]
        assert each["doubted"] <= each["count"]


def test_a_timeline_that_runs_backwards_is_refused(examples: Client) -> None:
    told(examples, "/timeline", 422, **{"from": "2020-01-01", "to": "2019-01-01"})


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days(examples: Client, day: str) -> None:
    told(examples, "/timeline", 200, **{"from": "0001-01-01", "to": day})
    told(examples, "/timeline", 200, **{"from": day, "to": day})
    told(examples, "/situation", at=day)
    told(examples, "/situation/days", 200, **{"from": "0001-01-01", "to": day})


def test_the_graph_of_a_document_has_its_relations(examples: Client) -> None:
    graph = told(examples, "/graph", doc=1)
    claims = told(examples, "/documents/1/claims")
    assert {each["id"] for each in graph["nodes"]} == {each["id"] for each in claims["items"]}
    told_edges = {(e["source"], e["target"]) for e in graph["edges"] if e["basis"] == "text"}
    assert told_edges == {(each["source"], each["target"]) for each in claims["relations"]}
    for edge in graph["edges"]:
        assert {edge["source"], edge["target"]} <= {each["id"] for each in graph["nodes"]}


def test_the_graph_of_an_incident_shows_contradictions(examples: Client) -> None:
    first = told(examples, "/incidents", contested=True)["items"][0]["id"]
    incident = told(examples, f"/incidents/{first}")
    graph = told(examples, "/graph", incident=first)
    nodes = {each["id"]: each for each in graph["nodes"]}
    assert {each["claim"] for each in incident["claims"]} <= set(nodes)
    quarrels = [each for each in graph["edges"] if each["type"] == "contradicts"]
    assert quarrels
    assert all(nodes[each["source"]]["contradicted"] for each in quarrels)
    around = told(examples, "/graph", claim=incident["claims"][0]["claim"])
    assert incident["claims"][0]["claim"] in {each["id"] for each in around["nodes"]}


def test_the_graph_of_a_filter_is_cut_with_a_note(examples: Client) -> None:
    graph = told(examples, "/graph")
    assert len(graph["nodes"]) <= 200
    assert graph["notes"]
    told(examples, "/graph", 422, doc=1, claim=1)
    told(examples, "/graph", 404, doc=99)
    told(examples, "/graph", 404, claim=9999)
    told(examples, "/graph", 404, incident="i000")


def test_incidents_are_those_of_the_filter(examples: Client) -> None:
    page = told(examples, "/incidents", limit=10)
    assert page["run"]["incidents"] == page["total"]
    assert [each["support"] for each in page["items"]] == ["contested"] * 10
    claims = [each["claims"] for each in page["items"]]
    assert claims == sorted(claims, reverse=True)
    second = told(examples, "/incidents", limit=10, after=page["next"])
    assert not {e["id"] for e in page["items"]} & {e["id"] for e in second["items"]}
    sieges = told(examples, "/incidents", q="type:shelling")
    assert 0 < sieges["total"] < page["total"]
    newest = [e["earliest"] for e in told(examples, "/incidents", order="time")["items"]]
    days = [day for day in newest if day]
    assert days == sorted(days, reverse=True)
    assert all(e["claims"] > 1 for e in told(examples, "/incidents", several=True)["items"])


def test_an_incident_is_told_side_by_side(examples: Client) -> None:
    row = told(examples, "/incidents", q="type:capture place:Mizda")["items"][0]
    incident = told(examples, f"/incidents/{row['id']}")
    assert incident["incident"] == row
    assert len(incident["claims"]) == row["claims"]
    contested = {each["field"] for each in incident["fields"] if each["contested"]}
    assert contested == set(row["contested"])
    assert {link["kind"] for link in incident["links"]} >= {"contradicts"}
    # By the number of a claim, too.
    number = incident["claims"][0]["claim"]
    assert told(examples, f"/incidents/{number}")["incident"]["id"] == row["id"]


def test_pairs_come_with_both_claims_and_why(examples: Client) -> None:
    page = told(examples, "/pairs", limit=5)
    assert page["total"] >= 5
    weights = [each["weight"] for each in page["items"]]
    assert weights == sorted(weights, reverse=True)
    pair = page["items"][0]
    assert pair["a"]["incident"] == pair["incidents"][0]
    assert pair["incidents"][0] != pair["incidents"][1]
    assert pair["fields"]
    only = told(examples, "/pairs", q=f"claim:{pair['a']['id']}")
    assert all(pair["a"]["id"] in {e["a"]["id"], e["b"]["id"]} for e in only["items"])


def test_the_situation_cites_claims_for_and_against(examples: Client) -> None:
    answer = told(examples, "/situation", at="2019-11-14", area="Mizda~150")
    control = [each for each in answer["states"] if each["kind"] == "control"]
    disputed = next(each for each in control if each["place"]["name"] == "Mizda")
    assert disputed["contested"]
    for cited in (*disputed["supports"], *disputed["disputes"]):
        claim = told(examples, f"/claims/{cited['claim']}")
        assert claim["trigger"] == cited["trigger"]
        assert claim["document"] == cited["document"]
    assert answer["sides"]
    assert answer["area"].startswith("150 km around")


def test_the_situation_of_a_filter_rests_on_its_claims_alone(examples: Client) -> None:
    wide = told(examples, "/situation", at="2019-11-14")
    few = told(examples, "/situation", at="2019-11-14", q="place:Mizda type:capture")
    assert 0 < len(few["states"]) < len(wide["states"])
    allowed = {e["id"] for e in told(examples, "/claims", q="place:Mizda type:capture",
                                     limit=500)["items"]}  # fmt: skip
    assert {c["claim"] for s in few["states"] for c in s["supports"]} <= allowed


def test_states_keep_their_id_from_day_to_day(examples: Client) -> None:
    first = told(examples, "/situation", at="2019-11-14", area="Mizda~150")["states"]
    second = told(examples, "/situation", at="2019-11-15", area="Mizda~150")["states"]
    same = {e["id"]: e for e in first if not e["end"] or e["end"] > "2019-11-15"}
    assert same
    assert set(same) <= {e["id"] for e in second}


def test_changes_and_days_agree_with_the_situation(examples: Client) -> None:
    told_changes = told(
        examples, "/situation/changes", 200, **{"from": "2019-11-12", "to": "2019-11-14"},
        area="Mizda~150",
    )  # fmt: skip
    assert {each["what"] for each in told_changes["items"]} >= {"began"}
    days = told(examples, "/situation/days", area="Mizda~150")
    by_day = {each["day"]: each for each in days["items"]}
    for day in ("2019-11-12", "2019-11-14"):
        states = told(examples, "/situation", at=day, area="Mizda~150")["states"]
        assert by_day[day]["states"] == len(states)
        assert by_day[day]["contested"] == sum(each["contested"] for each in states)
        assert by_day[day]["control"] == sum(each["kind"] == "control" for each in states)


def test_an_area_that_nobody_knows_is_refused(examples: Client) -> None:
    problem = told(examples, "/situation", 422, at="2019-11-14", area="Nowhereville-Xyzzy~40")
    assert "gazetteer" in problem["detail"]
    told(examples, "/situation", 422)
    told(examples, "/situation", 422, at="yesterday")


def test_entities_are_counted_and_found_again(examples: Client) -> None:
    page = told(examples, "/entities", limit=20)
    counts = [each["claims"] for each in page["items"]]
    assert counts == sorted(counts, reverse=True)
    for each in page["items"]:
        detail = told(examples, f"/entities/{each['ref']}")
        assert detail["claims"] == each["claims"]
        assert sum(detail["types"].values()) == each["claims"]
        found = told(examples, "/claims", q=each["q"], limit=1)["total"]
        assert found == each["claims"] if each["known"] else found >= 1
    second = told(examples, "/entities", limit=20, after=page["next"])
    assert not {e["ref"] for e in page["items"]} & {e["ref"] for e in second["items"]}


def test_entities_are_filtered_by_kind_and_name(examples: Client) -> None:
    actors = told(examples, "/entities", kind="actor", known=True)
    assert {each["kind"] for each in actors["items"]} == {"actor"}
    assert all(each["known"] for each in actors["items"])
    assert "lna" in {each["ref"] for each in actors["items"]}
    mizda = told(examples, "/entities", name="MIZ")["items"]
    assert mizda[0]["name"] == "Mizda"
    assert told(examples, "/entities", name="?!")["items"] == []
    inside = told(examples, "/entities", q="type:shelling", kind="place")["total"]
    assert inside < told(examples, "/entities", kind="place")["total"]


def test_an_entity_has_its_variants_and_what_the_tables_know(examples: Client) -> None:
    lna = told(examples, "/entities/lna")
    assert lna["kind"] == "actor"
    assert lna["variants"]
    assert lna["names"]
    assert lna["with"]
    assert "with_" not in lna
