"""Cases for the tests of the workbench's API, and short ways to ask it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from served import Client

__all__ = ["V1", "at", "changed", "made_of_examples", "told"]

V1 = "/api/v1"

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"


def made_of_examples(path: Path) -> Path:
    """Make a case of all examples, read by the shipped model, and look for incidents."""
    from temoin import casefile
    from temoin.casefile import Case, incidents
    from temoin.pipeline import Reader
    from temoin.reading import iterate_sources

    failed: list[object] = []

    def tell(outcome: object) -> None:
        if not isinstance(outcome, casefile.Added):
            failed.append(outcome)

    with Case.create(path, actor="ana", title="Examples") as case:
        for folder, published in (("mizda", dt.date(2019, 11, 14)), ("elsewhere", None)):
            sources = iterate_sources([EXAMPLES / folder], published=published)
            casefile.add(case, sources, reader=Reader(), actor="ana", tell=tell)
        incidents.run(case, actor="ana")
    assert not failed, failed
    return path


def told(client: Client, path: str, status: int = 200, **query: Any) -> Any:  # noqa: ANN401 - any JSON
    """What the API tells."""
    answer = client.get(f"{V1}{path}", params={k: v for k, v in query.items() if v is not None})
    assert answer.status_code == status, (path, query, answer.text)
    return answer.json()


def changed(
    client: Client, path: str, body: object, status: int = 200, *, method: str = "POST"
) -> Any:  # noqa: ANN401 - any JSON
    """What the API says of a change."""
    answer = client.request(method, f"{V1}{path}", json=body)
    assert answer.status_code == status, (path, body, answer.text)
    return answer.json()


def at(text: str, words: str, start: int = 0) -> dict[str, int]:
    """Where words stand in a text, in code points."""
    first = text.index(words, start)
    return {"start": first, "end": first + len(words)}
