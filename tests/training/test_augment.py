from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.training.augment import NamePool, vary

TEXT = "L'armée a bombardé Kidal. Kidal n'a pas été prise, 120 obus y sont tombés."


def span(words: str, nth: int = 0) -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words}


def report() -> dict[str, Any]:
    return {
        "document": {"id": "x", "language": "fr", "text": TEXT},
        "sentences": [(0, 25), (26, len(TEXT))],
        "events": [
            {
                "trigger": span("bombardé"),
                "arguments": [
                    {"role": "actor", "spans": [span("L'armée")]},
                    {"role": "place", "spans": [span("Kidal")]},
                ],
                "attribution": None,
            },
            {
                "trigger": span("prise"),
                "arguments": [
                    {"role": "place", "spans": [span("Kidal", 1)]},
                    {"role": "quantity", "spans": [span("120 obus")]},
                ],
                "attribution": None,
            },
        ],
    }


def all_spans(gold: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        s
        for event in gold["events"]
        for s in [event["trigger"], *(s for a in event["arguments"] for s in a["spans"])]
    ]


OTHER = report()
OTHER["document"]["text"] = OTHER["document"]["text"].replace("Kidal", "Bamba")
for item in all_spans(OTHER):
    item["text"] = item["text"].replace("Kidal", "Bamba")
POOL = NamePool([report(), OTHER])


@given(st.integers(0, 2000))
@settings(max_examples=200)
def test_spans_still_quote_the_text(seed: int) -> None:
    varied = vary(report(), POOL, random.Random(seed))
    text = varied["document"]["text"]
    for s in all_spans(varied):
        assert text[s["start"] : s["end"]] == s["text"]
    assert varied["sentences"][-1][1] == len(text)


def test_a_name_is_replaced_everywhere() -> None:
    texts = {vary(report(), POOL, random.Random(n))["document"]["text"] for n in range(50)}
    renamed = [text for text in texts if "Bamba" in text]
    assert renamed
    assert not any("Kidal" in text for text in renamed)


def test_numbers_keep_their_length() -> None:
    texts = [vary(report(), POOL, random.Random(n)) for n in range(50)]
    numbers = {t["events"][1]["arguments"][1]["spans"][0]["text"] for t in texts}
    assert len(numbers) > 1
    assert {len(number) for number in numbers} == {8}


def test_the_report_itself_is_left_alone() -> None:
    original = report()
    for seed in range(20):
        vary(original, POOL, random.Random(seed))
    assert original == report()
