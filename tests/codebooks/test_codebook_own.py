"""A codebook of the user's own: a TOML file, no code; what is wrong in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from codebook_records import Report, day

from temoin.codebooks import CodebookError, Row, code, load
from temoin.codebooks.facts import NAMES

PAGE = (Path(__file__).parents[2] / "docs" / "codebooks.md").read_text(encoding="utf-8")

OWN = """
[codebook]
name = "house"
title = "The house's own"
version = "3"
source = "our handbook"
licence = "ours"

[columns]
Number = "@id"
Day = "@event_date"
Code = "code"
Weight = "weight"
Tags = "tags"
Desk = "=Sahel"
Reviewer = "!a person enters it"

[steps]
order = ["what", "more"]
must = ["what"]
many = ["more"]

[look_up]
weight = ["code", "weights"]

[[rule]]
id = "house.market"
step = "what"
when = { type = ["air_strike", "shelling"], sentence_words = "market" }
set = { code = "M1" }
note = "a market"

[[rule]]
id = "house.fire"
step = "what"
when = { type = ["air_strike", "shelling"] }
unless = { weapon = "drone" }
set = { code = "F9" }

[[rule]]
id = "house.talks"
step = "what"
when = { type = "negotiation" }
none = "the house does not count talks"

[[rule]]
id = "house.clash"
step = "what"
when = { type = "armed_clash" }
undecided = { code = "the handbook has no code yet" }

[[rule]]
id = "house.tag.market"
step = "more"
when = { sentence_words = "market" }
set = { tags = "civil life" }

[[rule]]
id = "house.tag.coded"
step = "more"
when = { code = "M1" }
set = { tags = "urgent" }

[words]
market = ["market", "bazaar"]

[tables.weights]
M1 = 2.5
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "house.toml"
    file.write_text(OWN, encoding="utf-8")
    return file


def row(path: Path, kind: str, text: str, trigger: str) -> Row:
    report = Report(text)
    report.event(kind, trigger, when=day("2024-03-11"))
    (found,) = code(report.record(), load(path)).rows
    return found


def test_columns_come_in_order(path: Path) -> None:
    found = row(path, "shelling", "Mortars shelled the bazaar.", "shelled")
    assert dict(found.cells) == {
        "Number": "r:e1", "Day": "2024-03-11", "Code": "M1", "Weight": 2.5,
        "Tags": "civil life; urgent", "Desk": "Sahel", "Reviewer": None,
    }  # fmt: skip


def test_every_code_names_its_rule_and_words(path: Path) -> None:
    found = row(path, "shelling", "Mortars shelled the bazaar.", "shelled")
    why = {c.field: (c.rule, [(w.text, w.start) for w in c.words]) for c in found.codes}
    assert why["Code"] == ("house.market", [("shelled", 8), ("bazaar", 20)])
    assert why["Weight"][0] == "house.weights"
    assert why["Tags"][0] == "house.tag.market; house.tag.coded"


def test_first_rule_that_fits_decides(path: Path) -> None:
    assert row(path, "shelling", "Mortars shelled the hill.", "shelled").cells["Code"] == "F9"


def test_table_without_an_entry_is_undecided(path: Path) -> None:
    found = row(path, "shelling", "Mortars shelled the hill.", "shelled")
    assert found.cells["Weight"] is None
    assert "nothing for F9" in found.why("Weight").reason  # type: ignore[union-attr]


def test_undecided_keeps_the_row_and_the_reason(path: Path) -> None:
    found = row(path, "armed_clash", "They fought.", "fought")
    assert found.cells["Code"] is None
    assert found.why("Code").reason == "the handbook has no code yet"  # type: ignore[union-attr]


def test_words_beyond_a_semicolon_do_not_count(path: Path) -> None:
    text = "Mortars shelled the hill; the market was open."
    assert row(path, "shelling", text, "shelled").cells["Code"] == "F9"


def test_note_is_on_the_row(path: Path) -> None:
    assert "a market" in row(path, "shelling", "It shelled the market.", "shelled").notes


@pytest.mark.parametrize(
    ("kind", "rule", "reason"),
    [
        ("negotiation", "house.talks", "the house does not count talks"),
        ("protest", "house.what", "no rule of the codebook answers 'what' for it"),
    ],
)
def test_no_row_has_a_reason(path: Path, kind: str, rule: str, reason: str) -> None:
    report = Report("They met.")
    report.event(kind, "met")
    (one,) = code(report.record(), load(path)).not_coded
    assert (one.rule, one.reason) == (rule, reason)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "house"', "", "needs name"),
        ('step = "more"', 'step = "less"', "step 'less' is not in [steps] order"),
        ('id = "house.fire"', 'id = "house.market"', "rule house.market stands twice"),
        ('type = "negotiation"', 'kind = "negotiation"', "there is no fact 'kind'"),
        ('type = "negotiation"', 'type = "chat"', "type is never 'chat'"),
        ('type = "negotiation"', "type = 4", "needs a text or a list"),
        ('sentence_words = "market"', 'sentence_words = "shop"', "sentence_words is never 'shop'"),
        ('unless = { weapon = "drone" }', 'unles = { weapon = "drone" }', "unknown key 'unles'"),
        ('Code = "code"', 'Code = "codes"', "nothing gives 'codes'"),
        ('Day = "@event_date"', 'Day = "@date"', "nothing gives '@date'"),
        ('["code", "weights"]', '["code", "lengths"]', "there is no table 'lengths'"),
        ('["code", "weights"]', '["kode", "weights"]', "no rule sets 'kode'"),
        ('market = ["market", "bazaar"]', "market = 3", "market needs a list of texts"),
        ("[codebook]", "[codebook", "not TOML"),
        ("[tables.weights]", "[table.weights]", "unknown section 'table'"),
        ('order = ["what", "more"]', "order = []", "[steps] needs order"),
        ('version = "3"', 'version = "3"\nunit = "day"', "not incident or event"),
    ],
)
def test_mistake_is_named(path: Path, old: str, new: str, message: str) -> None:
    assert old in OWN
    path.write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(CodebookError) as error:
        load(path)
    assert message in str(error.value)
    assert str(path) in str(error.value)


@pytest.mark.parametrize("name", ["acledd", "nowhere.toml"])
def test_no_such_codebook(name: str) -> None:
    with pytest.raises(CodebookError, match=name):
        load(name)


def test_codebook_of_the_documentation_loads_and_codes(tmp_path: Path) -> None:
    example = PAGE.partition("```toml\n")[2].partition("```")[0]
    file = tmp_path / "documented.toml"
    file.write_text(example, encoding="utf-8")
    cells = row(file, "shelling", "Mortars shelled the bazaar.", "shelled").cells
    assert (cells["Code"], cells["Weight"], cells["Desk"]) == ("M1", 2.5, "Sahel")


@pytest.mark.parametrize("fact", NAMES)
def test_fact_is_documented(fact: str) -> None:
    assert f"`{fact}`" in PAGE
