from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from played_endpoint import event

from temoin.record import Certainty, EventType, Polarity, Role
from temoin.second_opinion.placing import place
from temoin.second_opinion.prompt import answer_schema, guidelines, messages, prompt_digest

EVENTS = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")
ROWS = re.compile(r"^\| `\w+` \|.*$", re.MULTILINE)


def test_types_and_roles_are_defined_as_in_the_documentation() -> None:
    assert ROWS.findall(guidelines()) == ROWS.findall(EVENTS)


@pytest.mark.parametrize("mark", [*EventType, *Role, *Polarity, *Certainty])
def test_every_mark_is_named(mark: str) -> None:
    assert f"`{mark}`" in guidelines()


def test_the_example_keeps_to_the_schema_and_to_its_text() -> None:
    example = guidelines().rpartition("# Example")[2]
    text = re.search(r"<text[^>]*>\n(.*)\n</text>", example)
    answer = re.search(r"```json\n(.*)```", example, re.DOTALL)
    assert text
    assert answer
    data = json.loads(answer[1])
    jsonschema.validate(data, answer_schema())
    placed = place(data["events"], text[1])
    assert len(placed.claims) == 2
    assert (placed.faults, [claim.faults for claim in placed.claims]) == ((), [(), ()])


def test_the_schema_refuses_what_is_not_asked_for() -> None:
    jsonschema.Draft202012Validator.check_schema(answer_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"events": [event("massacre", "x")]}, answer_schema())


def test_the_text_goes_untouched_into_the_question() -> None:
    system, user = messages("Kidal « est »  tombée.", language="fr")
    assert system == {"role": "system", "content": guidelines()}
    assert user["content"] == '<text lang="fr">\nKidal « est »  tombée.\n</text>'


def test_a_language_that_is_not_known_is_not_named() -> None:
    assert messages("x", language="other")[1]["content"].startswith("<text>\n")


def test_the_digest_tells_prompts_apart() -> None:
    assert re.fullmatch("[0-9a-f]{12}", prompt_digest())
