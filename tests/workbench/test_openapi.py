"""schemathesis sends what the description of the API allows, and what it does not.

Every answer must be one that the description has, in its form, and never a defect (5xx).
Bounded and the same each time: a fixed seed, few examples an operation.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from export_cases import opened
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from real_server import Real, listening
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from temoin.workbench.app import description
from temoin.workbench.settings import Limits

#: A feed does not end, and a log-out would end the session of all that follow.
_LEFT_OUT = ("/api/v1/events", "/api/v1/logout")

_EXAMPLES = 6

DESCRIPTION = description()
OPERATIONS = [
    found.ok()
    for found in schemathesis.openapi.from_dict(DESCRIPTION).get_all_operations()
    if isinstance(found, Ok) and found.ok().path not in _LEFT_OUT
]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    folder = tmp_path_factory.mktemp("case")
    with opened(folder):
        pass
    limits = Limits(jobs_each=1_000, queue=1_000)
    with listening(folder / "case.temoin", limits=limits) as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_api_does_what_its_description_says(
    real: Real, operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode
) -> None:
    own = {"Origin": real.origin, "Cookie": real.cookie, "X-Temoin-Token": real.token}

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=_EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def sends(case: schemathesis.Case[Any]) -> None:
        response = case.call(base_url=real.origin, headers=own)
        case.validate_response(
            response,
            checks=[
                not_a_server_error,
                status_code_conformance,
                content_type_conformance,
                response_schema_conformance,
            ],
        )

    try:
        sends()
    except Unsatisfiable:
        pytest.skip("takes nothing that could be wrong")


def test_there_are_operations() -> None:
    assert len(OPERATIONS) > 40


def test_description_is_openapi_3_1() -> None:
    assert DESCRIPTION["openapi"].startswith("3.1")


def test_description_is_the_same_each_time(real: Real) -> None:
    served = json.loads(real.ask("GET", "/openapi.json").read())
    assert served == json.loads(json.dumps(DESCRIPTION))
