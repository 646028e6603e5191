"""Documents, claims, schema, facets, audit: what the API tells of a case."""

from __future__ import annotations

import pytest
from api_cases import told
from served import Client

from temoin.casefile.searching.fields import FIELDS
from temoin.record import EventType


def test_the_schema_names_all_types_in_two_languages(examples: Client) -> None:
    schema = told(examples, "/schema")
    assert [each["id"] for each in schema["types"]] == list(EventType)
    assert {each["family"] for each in schema["types"]} == {
        "combat", "control", "means", "harm", "politics"
    }  # fmt: skip
    for theme in ("types", "roles", "states", "reasons", "links", "situation_kinds"):
        assert all(each["label"]["fr"] and each["label"]["en"] for each in schema[theme]), theme
    assert schema["fields"] == list(FIELDS)


def test_documents_are_listed_page_by_page(examples: Client) -> None:
    first = told(examples, "/documents", limit=4, order="added")
    assert (first["total"], len(first["items"])) == (6, 4)
    second = told(examples, "/documents", limit=4, order="added", after=first["next"])
    assert second["next"] is None
    numbers = [each["id"] for each in [*first["items"], *second["items"]]]
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
    for each in first["items"]:
        assert sum(each["states"].values()) == each["claims"] == each["states"]["pending"]
        assert each["sensitivity"] == "internal"


def test_documents_are_found_by_words_with_marks(examples: Client) -> None:
    found = told(examples, "/documents", q="Mizda lang:fr")
    assert found["total"] >= 1
    snippet = found["items"][0]["snippet"]
    for start, end in snippet["marks"]:
        words = snippet["text"][start - snippet["start"] : end - snippet["start"]]
        assert words.casefold() == "mizda"


def test_a_document_has_its_text_and_sentences(examples: Client) -> None:
    document = told(examples, "/documents/1")
    text = document["text"]
    assert document["sentences"]
    assert all(text[start:end].strip() for start, end in document["sentences"])
    assert document["records"][0]["current"]
    assert document["acquisitions"][0]["collected_by"] == "ana"
    assert document["claims"] == len(told(examples, "/documents/1/claims")["items"])


def test_every_span_of_a_document_is_the_slice_of_its_text(examples: Client) -> None:
    for number in range(1, 7):
        text = told(examples, f"/documents/{number}")["text"]
        answer = told(examples, f"/documents/{number}/claims")
        starts = [claim["trigger"]["start"] for claim in answer["items"]]
        assert starts == sorted(starts)
        for claim in answer["items"]:
            spans = [claim["trigger"], claim["sentence"], *claim["arguments"]]
            spans += [claim["attribution"]] if claim["attribution"] else []
            spans += [each["antecedent"] for each in claim["arguments"] if each["antecedent"]]
            for span in spans:
                assert text[span["start"] : span["end"]] == span["text"]


def test_claims_are_listed_in_each_order(examples: Client) -> None:
    for order in (None, "time", "added", "text", "relevance"):
        items, after = [], None
        while True:
            page = told(examples, "/claims", order=order, limit=150, after=after)
            items += page["items"]
            after = page["next"]
            if after is None:
                break
        assert len({each["id"] for each in items}) == len(items) == page["total"], order
        if order == "text":
            places = [(e["document"], e["trigger_start"], e["id"]) for e in items]
            assert places == sorted(places)


def test_a_card_tells_who_whom_where_and_when(examples: Client) -> None:
    found = told(examples, "/claims", q="type:capture place:Mizda lang:en", order="text")
    card = found["items"][0]
    assert card["family"] == "control"
    assert card["place"] == "Mizda"
    assert card["point"]["latitude"] == pytest.approx(31.45, abs=0.1)
    assert card["who"]
    assert card["when"]["precision"] in {"day", "days", "none", "open"}
    assert card["incident"]
    snippet = card["snippet"]
    inside = card["trigger_start"] - snippet["start"]
    assert snippet["text"][inside:].startswith(card["trigger"])


def test_a_claim_has_its_history_and_relations(examples: Client) -> None:
    relations = told(examples, "/documents/1/claims")["relations"]
    assert relations
    claim = told(examples, f"/claims/{relations[0]['source']}")
    assert relations[0] in claim["relations"]
    assert claim["history"] == []
    assert claim["producer"].startswith("temoin")


def test_codes_have_a_rule_for_each_value(examples: Client) -> None:
    codes = told(examples, "/claims/1/codes", book="acled")
    (row,) = codes["rows"]
    assert 1 in row["claims"]
    cells = {cell["column"]: cell for cell in row["cells"]}
    assert len(cells) == 31
    assert cells["location"]["value"] == "Mizda"
    assert cells["location"]["rule"]
    for book in ("ucdp", "cameo", "plover"):
        other = told(examples, "/claims/1/codes", book=book)
        assert other["rows"] or other["not_coded"]


def test_facets_count_all_that_is_found(examples: Client) -> None:
    facets = told(examples, "/facets")
    for theme in ("type", "family", "state", "language", "certainty", "polarity"):
        assert sum(each["count"] for each in facets[theme]) == facets["total"], theme
    assert sum(each["count"] for each in facets["month"]) == facets["dated"]
    for theme in ("type", "family", "country", "language", "state", "month", "sensitivity"):
        facet = facets[theme][0]
        found = told(examples, "/claims", q=facet["q"], limit=1)["total"]
        # A month overlaps also what began before it.
        assert found == facet["count"] if theme != "month" else found >= facet["count"], theme


def test_the_audit_log_is_told_from_its_end(examples: Client) -> None:
    page = told(examples, "/audit", limit=5)
    assert page["items"][0]["seq"] == page["total"] == page["head"]["seq"]
    assert page["items"][0]["hash"] == page["head"]["hash"]
    following = told(examples, "/audit", limit=5, after=page["next"])
    assert following["items"][0]["seq"] == page["total"] - 5
    only = told(examples, "/audit", document=2)
    assert {each["kind"] for each in only["items"]} == {"document", "record", "acquisition"}
    assert told(examples, "/audit", actor="nobody")["items"] == []


@pytest.mark.parametrize(
    "path",
    ["/documents/99", "/documents/99/claims", "/claims/9999", "/claims/9999/codes",
     "/incidents/i000", "/entities/nobody-knows"],
)  # fmt: skip
def test_what_is_not_there_is_404(examples: Client, path: str) -> None:
    assert told(examples, path, 404)["detail"]


@pytest.mark.parametrize(
    "path",
    ["/documents", "/claims", "/facets", "/map/clusters", "/timeline", "/graph", "/incidents",
     "/pairs", "/entities", "/situation/days"],
)  # fmt: skip
def test_a_query_that_cannot_be_read_is_422_with_its_place(examples: Client, path: str) -> None:
    problem = told(examples, path, 422, q="mizda type:party")
    assert problem["column"] == 12
    assert "party" in problem["detail"]
    assert "^" in problem["mark"]


@pytest.mark.parametrize("path", ["/documents", "/claims", "/entities", "/incidents", "/pairs",
                                  "/audit"])  # fmt: skip
@pytest.mark.parametrize("after", ["nonsense", "-1", "💥", "9" * 400])
def test_a_place_of_no_page_is_422(examples: Client, path: str, after: str) -> None:
    assert told(examples, path, 422, after=after)["detail"]


@pytest.mark.parametrize("q", ["", "Mizda", "type:shelling", "-type:shelling", "lang:en",
                               "from:2019 to:2019", "near:Mizda~50"])  # fmt: skip
def test_all_views_count_alike(examples: Client, q: str) -> None:
    total = told(examples, "/claims", q=q, limit=1)["total"]
    assert told(examples, "/claims", q=q, limit=1, order="text")["total"] == total
    assert told(examples, "/facets", q=q)["total"] == total
    assert told(examples, "/timeline", q=q)["total"] == total
    clusters = told(examples, "/map/clusters", q=q)
    assert clusters["total"] == total
    assert sum(each["count"] for each in clusters["items"]) == clusters["shown"]
    assert clusters["shown"] + clusters["elsewhere"] + clusters["unlocated"] == total


def test_orders_are_those_of_the_search(examples: Client) -> None:
    from temoin.casefile.searching import search

    case = examples.workbench.case
    for q in ("", "type:killing", "lang:en"):
        for order in ("time", "added"):
            told_ids = [e["id"] for e in told(examples, "/claims", q=q, order=order, limit=500)[
                "items"]]  # fmt: skip
            assert told_ids == [hit.claim for hit in search(case, q, order=order, limit=500).hits]
