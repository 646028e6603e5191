"""Search: the language and what it finds, on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt

import pytest
from cases import add_reports, decide
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from temoin.casefile import Case, CaseError
from temoin.casefile.schema import Argument, Claim, Document
from temoin.casefile.searching import (
    QueryError,
    claims_where,
    parse,
    search,
    search_documents,
    written,
)
from temoin.casefile.searching.fields import FIELDS


def triggers(case: Case, query: str) -> list[str]:
    return sorted(hit.trigger for hit in search(case, query).hits)


def names(case: Case, query: str) -> list[str]:
    return sorted(hit.document for hit in search_documents(case, query).hits)


def change(case: Case, claim: int, **columns: object) -> None:
    with case.writing(actor="test") as work:
        work.session.execute(update(Claim).where(Claim.id == claim).values(**columns))


def first(case: Case, trigger: str) -> int:
    with case.reading() as session:
        return session.scalars(select(Claim.id).where(Claim.trigger == trigger)).one()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["bombardé", "captured", "pris", "shelled"]),
        ("bombarde", ["bombardé"]),
        ("BOMBARDÉ Mizda", ["bombardé"]),
        ("mizda", ["bombardé", "shelled"]),
        ("bomb*", ["bombardé"]),
        ('"shelled mizda"', ["shelled"]),
        ('"mizda shelled"', []),
        ('"army shell"*', ["shelled"]),
        ("type:shelling", ["bombardé", "shelled"]),
        ("type:shelling,capture polarity:negated", ["pris"]),
        ("-type:shelling", ["captured", "pris"]),
        ("NOT type:shelling", ["captured", "pris"]),
        ("bombardé OR shelled", ["bombardé", "shelled"]),
        ("(bombardé OR shelled) lang:en", ["shelled"]),
        ("actor:rebels", ["captured", "pris"]),
        ("actor:mizda", []),
        ("place:MIZDA", ["bombardé", "shelled"]),
        ("place:miz*", ["bombardé", "shelled"]),
        ('attribution:"porte-parole"', ["bombardé"]),
        ("state:pending", ["bombardé", "captured", "pris", "shelled"]),
        ("confidence>0.95", []),
        ("confidence>=0.9", ["bombardé", "captured", "pris", "shelled"]),
        ("confidence:0.9", ["bombardé", "captured", "pris", "shelled"]),
        ("doc:KIDAL", ["pris"]),
        ("doc:*da*", ["bombardé", "pris"]),
        ("doc:#1", ["captured", "shelled"]),
        ("text:calme", ["bombardé"]),
        ("calme", []),
        ("sensitivity:internal", ["bombardé", "captured", "pris", "shelled"]),
        ("sensitivity:secret", []),
        ("added>=2020 -added>2999", ["bombardé", "captured", "pris", "shelled"]),
        ("added<2020", []),
    ],
)
def test_claims_are_found(filled: Case, query: str, expected: list[str]) -> None:
    assert triggers(filled, query) == expected
    assert search(filled, query).total == len(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["both", "kidal", "mizda"]),
        ("calme", ["mizda"]),
        ('"kidal est calme"', ["mizda"]),
        ("kidal", ["both", "kidal", "mizda"]),
        ("type:shelling", ["both", "mizda"]),
        ("type:shelling place:kidal", []),
        ("type:capture place:kidal", ["both", "kidal"]),
        ("-type:shelling", ["kidal"]),
        ("type:shelling -type:capture", ["mizda"]),
        ("doc:both OR calme", ["both", "mizda"]),
        ("-doc:both", ["kidal", "mizda"]),
        ("-(type:shelling OR calme)", ["kidal"]),
        ("text:calme type:shelling", ["mizda"]),
    ],
)
def test_documents_are_found(filled: Case, query: str, expected: list[str]) -> None:
    assert names(filled, query) == expected
    assert search_documents(filled, query).total == len(expected)


def test_times_overlap_and_open_ends_go_on(filled: Case) -> None:
    day = dt.date
    change(filled, first(filled, "shelled"), earliest=day(2024, 3, 1), latest=day(2024, 3, 10))
    change(filled, first(filled, "captured"), earliest=day(2024, 3, 20), latest=None)
    change(filled, first(filled, "pris"), earliest=None, latest=day(2023, 12, 31))
    assert triggers(filled, "from:2024-03-05 to:2024-03-05") == ["shelled"]
    assert triggers(filled, "on:2024-03") == ["captured", "shelled"]
    assert triggers(filled, "on:2024-02..2024-03-01") == ["shelled"]
    assert triggers(filled, "from:2025") == ["captured"]
    assert triggers(filled, "to:2023") == ["pris"]
    assert [hit.trigger for hit in search(filled, "from:2020 OR to:2020").hits] == [
        "captured",
        "shelled",
        "pris",
    ]


def test_days_of_publication_are_compared(filled: Case) -> None:
    with filled.writing(actor="test") as work:
        work.session.execute(
            update(Document)
            .where(Document.name == "both")
            .values(published=dt.date(2024, 3, 11), publisher="Agence Écho")
        )
    for query in ("published:2024", "published:2024-03-11", "published>=2024-03-11",
                  "published<2024-04", "published>2024-02", "published<=2024-03",
                  "source:echo", 'source:"agence ec"*'):  # fmt: skip
        assert names(filled, query) == ["both"], query
    for query in ("published>2024", "published<2024-03-11", "published:2023..2024-02",
                  "source:ech", 'source:"echo agence"'):  # fmt: skip
        assert names(filled, query) == [], query


def test_near_is_a_distance(filled: Case) -> None:
    kidal, mizda = first(filled, "pris"), first(filled, "shelled")
    with filled.writing(actor="test") as work:
        work.session.execute(update(Claim).values(latitude=None, longitude=None, country=None))
    change(filled, kidal, latitude=18.4411, longitude=1.4078, country="ML", radius_km=5.0)
    change(filled, mizda, latitude=31.4451, longitude=12.9801, country="LY", radius_km=60.0)
    assert triggers(filled, "near:18.44,1.41~5km") == ["pris"]
    assert triggers(filled, "near:18.44,2.41~104") == []
    assert triggers(filled, "near:18.44,2.41~107") == ["pris"]
    assert triggers(filled, "near:31.9,13~52") == ["shelled"]
    assert triggers(filled, "near:31.9,13~49") == []
    assert triggers(filled, "-near:18.44,1.41~5km") == ["bombardé", "captured", "shelled"]
    assert triggers(filled, "country:ml OR radius>50") == ["pris", "shelled"]
    page = search(filled, "near:Kidal~50")
    assert [hit.trigger for hit in page.hits] == ["pris"]
    assert page.notes[0].startswith("Kidal is Kidal, ML (18.4")


def test_near_goes_across_the_date_line(filled: Case) -> None:
    change(filled, first(filled, "pris"), latitude=-16.5, longitude=-179.9)
    assert triggers(filled, "near:-16.5,179.9~25") == ["pris"]
    assert triggers(filled, "near:-16.5,179.9~20") == []


def test_numbers_of_people_are_compared(filled: Case) -> None:
    with filled.writing(actor="test") as work:
        claim = work.session.scalars(select(Claim).where(Claim.trigger == "shelled")).one()
        argument = {"claim_id": claim.id, "origin": "human", "active": True, "number": 9,
                    "role": "quantity", "field": "quantity:0-1", "words": "T", "start": 0,
                    "end": 1, "value": 12.0, "status": "killed"}  # fmt: skip
        work.session.execute(insert(Argument), [argument])
    assert triggers(filled, "killed>=12") == ["shelled"]
    assert triggers(filled, "quantity>11 killed<13 killed=12") == ["shelled"]
    assert triggers(filled, "killed>12") == triggers(filled, "wounded>=1") == []
    assert names(filled, "killed>=10") == ["both"]


def test_decisions_are_found(filled: Case) -> None:
    claim = first(filled, "pris")
    decide(filled, claim, "reject")
    assert triggers(filled, "state:rejected") == ["pris"]
    assert triggers(filled, "by:BEA") == triggers(filled, "by:be*") == ["pris"]
    assert triggers(filled, "by:ana") == []
    assert triggers(filled, f"claim:{claim},999") == ["pris"]
    with filled.reading() as session:
        assert claims_where(session, "-state:rejected type:capture") == [first(filled, "captured")]


def test_an_edited_claim_is_found_by_what_it_is_now(filled: Case) -> None:
    claim = first(filled, "shelled")
    decide(filled, claim, "edit", field="attribution",
           value='{"start":0,"end":8,"text":"The army"}')  # fmt: skip
    assert triggers(filled, "attribution:army") == ["shelled"]
    assert "shelled" in triggers(filled, "yesterday")


def test_what_is_hidden_or_lost_is_left_out_unless_asked_for(filled: Case) -> None:
    with filled.writing(actor="test") as work:
        work.session.execute(
            update(Document).where(Document.name == "both").values(status="hidden")
        )
    change(filled, first(filled, "pris"), present=False)
    assert triggers(filled, "") == ["bombardé"]
    assert triggers(filled, "present:no") == ["pris"]
    assert triggers(filled, "status:hidden,active") == ["bombardé", "captured", "shelled"]
    assert names(filled, "") == ["kidal", "mizda"]
    assert names(filled, "type:capture") == []
    assert names(filled, "status:hidden") == ["both"]


@pytest.mark.parametrize("order", ["relevance", "time", "added"])
@pytest.mark.parametrize("query", ["", "mizda OR kidal", "type:shelling"])
def test_pages_hold_each_hit_once(filled: Case, order: str, query: str) -> None:
    change(filled, first(filled, "shelled"), earliest=dt.date(2024, 3, 1))
    whole = search(filled, query, order=order)
    found: list[int] = []
    after = None
    while True:
        page = search(filled, query, order=order, limit=1, after=after)
        assert page.total == whole.total
        found += [hit.claim for hit in page.hits]
        after = page.next
        if after is None:
            break
    assert found == [hit.claim for hit in whole.hits]
    documents = search_documents(filled, query, order=order, limit=1)
    more = search_documents(filled, query, order=order, limit=9, after=documents.next)
    assert len({hit.document for hit in documents.hits + more.hits}) == documents.total


def test_a_page_of_another_search_is_refused(filled: Case) -> None:
    page = search(filled, "", order="time", limit=1)
    for after, order in ((page.next, "added"), ("x", "time"), ("W10=", "time"), ("é", "time")):
        with pytest.raises(CaseError, match="none of this search"):
            search(filled, "", order=order, after=after)
    with pytest.raises(CaseError, match="no order 'luck'"):
        search(filled, "", order="luck")


def test_the_best_comes_first(case: Case, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("more")
    (folder / "a.txt").write_text("Un mot de Mizda, puis bien d'autres choses encore " * 3)
    (folder / "b.txt").write_text("Mizda, Mizda, Mizda.")
    add_reports(case, folder)
    assert [hit.document for hit in search_documents(case, "mizda").hits] == ["b", "a"]


def test_snippets_point_into_the_untouched_text(filled: Case) -> None:
    with filled.reading() as session:
        texts = dict(session.execute(select(Document.id, Document.text)).all())
    for query in ("mizda", "bombarde", "type:capture", '"kidal hier"', "text:calme"):
        hits = [(hit.document_id, hit.snippet) for hit in search(filled, query).hits]
        hits += [(hit.document_id, hit.snippet) for hit in search_documents(filled, query).hits]
        for document, snippet in hits:
            text = texts[document]
            assert text[snippet.start : snippet.end] == snippet.text
            assert all(snippet.start <= a < b <= snippet.end for a, b in snippet.marks)
    (hit,) = search(filled, "bombarde").hits
    (mark,) = hit.snippet.marks
    assert texts[hit.document_id][slice(*mark)] == "bombardé"


@pytest.mark.parametrize(
    ("query", "column", "cause"),
    [
        ("colour:red", 1, "there is no field 'colour'"),
        ("mizda type:party", 12, "'party' is no type"),
        ("(mizda", 1, "never closed"),
        ("mizda)", 6, "opens nowhere"),
        ("mizda ()", 7, "nothing in these brackets"),
        ('a "b', 3, "no other half"),
        ("a OR", 3, "OR needs"),
        ("AND a", 1, "AND needs"),
        ("a -", 3, "missing after this"),
        ("a !!", 3, "no letter and no digit"),
        ("type:", 6, "the value of type is missing"),
        ("type>shelling", 5, "write type:"),
        ("type:shel*", 6, "type takes no *"),
        ("from:tomorrow", 6, "is no day"),
        ("from:2024-13", 6, "is no day"),
        ("on:2024..2023", 4, "runs backwards"),
        ("killed>=many", 9, "is no number"),
        ("claim:0x1", 7, "is no number of a claim"),
        ("near:91,0", 6, "is no point"),
        ("near:1,1~0", 6, "is no distance"),
        ("near:Xyzzyville", 6, "is not in the gazetteer"),
        ("country:Mali", 9, "its two letters"),
        ("actor:!", 7, "no letter and no digit"),
        ("a\0b", 2, "no text"),
        ("(" * 99 + "a" + ")" * 99, 41, "too deep"),
        ("a " * 101, 201, "more than 100"),
    ],
)
def test_errors_point_at_the_place(query: str, column: int, cause: str) -> None:
    with pytest.raises(QueryError, match=cause) as told:
        parse(query)
    assert told.value.column == column
    assert str(told.value).splitlines()[-1] == " " * (column + 1) + "^"


def test_a_query_that_is_too_long_is_refused() -> None:
    with pytest.raises(QueryError, match="longer than"):
        parse("a" * 3000)


pieces = st.one_of(
    st.sampled_from(["OR", "AND", "NOT", "-", "(", ")", '"', "*", "“", "«a b»", "~", ":", ">=", "#",
                     "from:2024", "near:1,2~3", "type:shelling", "killed>=2", "-lang:fr", "a'b",
                     'actor:"a b"*', "doc:a%_\\*", "by:ana", "text:x", "mizda", '"kidal est"']),
    st.sampled_from(sorted(FIELDS)).map(lambda name: f"{name}:"),
    st.text(max_size=12),
)  # fmt: skip
queries = st.one_of(st.text(max_size=60), st.lists(pieces, max_size=8).map(" ".join))


@given(queries)
def test_what_is_written_is_read_as_the_same(query: str) -> None:
    try:
        node = parse(query)
    except QueryError as error:
        column = error.column
    else:
        assert parse(written(node)) == node
        return
    assert 1 <= column <= len(query) + 1


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(queries)
def test_no_query_makes_the_database_complain(filled: Case, query: str) -> None:
    try:
        claims = search(filled, query)
    except QueryError:
        return
    documents = search_documents(filled, query)
    assert len(claims.hits) == claims.total
    assert len(documents.hits) == documents.total


def test_within_is_a_box(filled: Case) -> None:
    assert triggers(filled, "within:1,18,2,19") == triggers(filled, "near:18.44,1.41~20")
    assert triggers(filled, "within:1,18,2,18.4") == []
    assert triggers(filled, "within:-1.5,-10,30,60") == triggers(filled, "within:-1.5,-90,30,90")
    # West of 170 or east of -170: the other half of the world.
    assert triggers(filled, "within:170,-90,-170,90") == []
    everywhere = triggers(filled, "within:-180,-90,180,90")
    assert sorted(triggers(filled, "within:20,-90,19,90")) == sorted(everywhere)


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "1,3,2,2", "190,1,2,2", "1,-91,2,2"])
def test_what_is_no_box_is_refused(filled: Case, box: str) -> None:
    with pytest.raises(QueryError, match="is no box"):
        search(filled, f"within:{box}")


def test_a_reference_finds_what_stands_for_it(filled: Case) -> None:
    with filled.reading() as session:
        known = set(session.scalars(select(Argument.ref).where(Argument.ref.is_not(None))))
    assert known
    for ref in known:
        assert triggers(filled, f'ref:"{ref}"')
    assert triggers(filled, "ref:nobody") == []
