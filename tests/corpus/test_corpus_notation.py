from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from temoin.corpus import GoldReport, compile_gold, read_gold
from temoin.errors import CorpusError

HEAD = """\
doc: mini-01
lang: fr
published: 2022-05-04
source: agency dispatch (synthetic)
---
"""

BODY = """\
S Mardi, la milice a bombardé le port, puis le port a brûlé.
# a remark of the annotators
E e1 shelling "bombardé" actor="la milice" target="le port" place="le port"@36.8,10.25~50 \
time="Mardi"=2022-05-03
E e2 destruction "brûlé" target="le port"[2]|"Elle"

P
S Elle nie avoir tiré une vingtaine d'obus entre lundi et jeudi, dit un garde.
E e3 shelling "tiré" actor="Elle"|"la milice" instrument="obus" quantity="une vingtaine"#20 \
time="entre lundi et jeudi"=2022-05-02/2022-05-05 polarity=negated certainty=possible \
attribution="un garde"
R e1 causes e2
S Fin.
"""


@pytest.fixture
def report() -> GoldReport:
    return compile_gold(HEAD + BODY, name="mini.gold")


def broken(line: str) -> str:
    return f"{HEAD}S La milice a pris le port.\n{line}\n"


def test_the_json_is_that_of_the_published_form(report: GoldReport) -> None:
    text = (
        "Mardi, la milice a bombardé le port, puis le port a brûlé.\n\n"
        "Elle nie avoir tiré une vingtaine d'obus entre lundi et jeudi, dit un garde. Fin."
    )
    expected = {
        "document": {
            "id": "mini-01",
            "language": "fr",
            "published": "2022-05-04",
            "source": "agency dispatch (synthetic)",
            "text": text,
        },
        "sentences": [[0, 58], [60, 136], [137, 141]],
        "events": [
            {
                "id": "e1",
                "type": "shelling",
                "trigger": {"start": 19, "end": 27, "text": "bombardé"},
                "arguments": [
                    {"role": "actor", "spans": [{"start": 7, "end": 16, "text": "la milice"}]},
                    {"role": "target", "spans": [{"start": 28, "end": 35, "text": "le port"}]},
                    {
                        "role": "place",
                        "spans": [{"start": 28, "end": 35, "text": "le port"}],
                        "latitude": 36.8,
                        "longitude": 10.25,
                        "within_km": 50,
                    },
                    {
                        "role": "time",
                        "spans": [{"start": 0, "end": 5, "text": "Mardi"}],
                        "earliest": "2022-05-03",
                        "latest": "2022-05-03",
                    },
                ],
                "polarity": "affirmed",
                "certainty": "certain",
                "attribution": None,
            },
            {
                "id": "e2",
                "type": "destruction",
                "trigger": {"start": 52, "end": 57, "text": "brûlé"},
                "arguments": [
                    {
                        "role": "target",
                        "spans": [
                            {"start": 42, "end": 49, "text": "le port"},
                            {"start": 60, "end": 64, "text": "Elle"},
                        ],
                    }
                ],
                "polarity": "affirmed",
                "certainty": "certain",
                "attribution": None,
            },
            {
                "id": "e3",
                "type": "shelling",
                "trigger": {"start": 75, "end": 79, "text": "tiré"},
                "arguments": [
                    {
                        "role": "actor",
                        "spans": [
                            {"start": 60, "end": 64, "text": "Elle"},
                            {"start": 7, "end": 16, "text": "la milice"},
                        ],
                    },
                    {"role": "instrument", "spans": [{"start": 96, "end": 100, "text": "obus"}]},
                    {
                        "role": "quantity",
                        "spans": [{"start": 80, "end": 93, "text": "une vingtaine"}],
                        "value": 20.0,
                    },
                    {
                        "role": "time",
                        "spans": [{"start": 101, "end": 121, "text": "entre lundi et jeudi"}],
                        "earliest": "2022-05-02",
                        "latest": "2022-05-05",
                    },
                ],
                "polarity": "negated",
                "certainty": "possible",
                "attribution": {
                    "role": "attribution",
                    "spans": [{"start": 127, "end": 135, "text": "un garde"}],
                },
            },
        ],
        "relations": [{"type": "causes", "source": "e1", "target": "e2"}],
    }
    assert json.dumps(report.to_dict()) == json.dumps(expected)


def test_every_span_is_the_slice_of_the_text(report: GoldReport) -> None:
    text = report.document.text
    spans = [event.trigger for event in report.events]
    spans += [s for event in report.events for a in event.arguments for s in a.spans]
    assert [text[span.start : span.end] for span in spans] == [span.text for span in spans]


def test_a_report_reads_back_from_its_json(report: GoldReport) -> None:
    assert GoldReport.from_dict(json.loads(json.dumps(report.to_dict()))) == report


def test_an_event_knows_its_line(report: GoldReport) -> None:
    assert [event.line for event in report.events] == [8, 9, 13]


def test_a_place_counts_within_25_km_where_nothing_is_said() -> None:
    report = compile_gold(broken('E e1 capture "pris" place="port"@1.5,-2'))
    place = report.events[0].of_role("place")[0]
    assert (place.latitude, place.longitude, place.within_km) == (1.5, -2.0, 25)


def test_the_source_may_be_absent() -> None:
    report = compile_gold("doc: a\nlang: en\npublished: 2020-01-02\n---\nS None.\n")
    assert (report.document.source, report.document.published) == ("", dt.date(2020, 1, 2))


def test_quotation_marks_within_a_span_are_escaped() -> None:
    report = compile_gold(
        HEAD + 'S Le "lion" a frappé.\nE e1 shelling "frappé" actor="Le \\"lion\\""'
    )
    assert report.events[0].arguments[0].primary.text == 'Le "lion"'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("X what", "mini.gold:7: neither S, E, R nor P: X what"),
        ('E e1 conquest "pris"', "mini.gold:7: unknown type conquest"),
        ("E e1 capture pris", "mini.gold:7: not an event"),
        ('E e1 capture "prise"', "mini.gold:7: 'prise' is not there"),
        ('E e1 capture "pris"[2]', "mini.gold:7: 'pris' is not there"),
        ('E e1 capture "pris"[0]', "mini.gold:7: an empty span or occurrence 0"),
        ('E e1 capture "pris" owner="La milice"', "mini.gold:7: unknown role owner"),
        ('E e1 capture "pris" actor=La milice', "mini.gold:7: cannot read actor=La milice"),
        ('E e1 capture "pris" polarity=maybe', "mini.gold:7: unknown polarity maybe"),
        ('E e1 capture "pris" certainty=sure', "mini.gold:7: unknown certainty sure"),
        ('E e1 capture "pris" place="port"@1.2.3,4', "mini.gold:7: 1.2.3 is no number"),
        (
            'E e1 capture "pris" time="port"=2021-02-30',
            "mini.gold:7: 2021-02-30 is no day of the calendar",
        ),
        ("R e1 follows e2", "mini.gold:7: unknown relation follows"),
        ("R e1 before", "mini.gold:7: not a relation"),
        ("R e1 before e2", "mini.gold:7: relation with an unknown event: e1"),
        ('E e1 capture "pris"\nE e1 capture "pris"', "mini.gold:8: the id e1 stands twice"),
    ],
)
def test_a_fault_names_file_and_line(line: str, message: str) -> None:
    with pytest.raises(CorpusError) as caught:
        compile_gold(broken(line), name="mini.gold")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("doc: a\nS No line.\n", "x:1: no line `---`"),
        ("doc: a\nlang fr\n---\n", "x:2: not `key: value`: lang fr"),
        ("doc: a\n---\n", "x:1: the head has no lang and no published"),
        ("doc: a\nlang: fr\npublished: May\n---\n", "x: published: May is no day"),
        (HEAD + 'E e1 capture "pris"\n', "x:6: an event before the first sentence"),
    ],
)
def test_a_fault_of_the_whole_is_named(source: str, message: str) -> None:
    with pytest.raises(CorpusError) as caught:
        compile_gold(source, name="x")
    assert str(caught.value).startswith(message)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "missing.gold"
    with pytest.raises(CorpusError, match=r"missing\.gold: cannot be read"):
        read_gold(missing)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.gold"
    path.write_bytes(HEAD.encode() + "S Éteint.\n".encode("latin-1"))
    with pytest.raises(CorpusError, match=r"latin\.gold: cannot be read"):
        read_gold(path)


def test_a_read_report_keeps_its_path(tmp_path: Path) -> None:
    path = tmp_path / "mini.gold"
    path.write_text(HEAD + BODY, encoding="utf-8")
    assert read_gold(path).path == path
