"""The API against its own description: whatever is asked, the answer is as it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.analyses import arms, denial, visit
from tests.api_app import api

from menurut.desk.api.description import description
from menurut.desk.api.routes import RESOURCES
from menurut.ledger.adding import add
from menurut.ledger.store import Ledger

TOKEN = "of the test"
OPERATIONS = [
    (path, method)
    for path, methods in description(RESOURCES, "/api")["paths"].items()
    for method in methods
]


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    ledger = Ledger(str(tmp_path_factory.mktemp("schema") / "ledger.db"))
    figures = {"24 missiles": (24, "missiles")}
    for made in (
        arms("r1", "2024-06-17", "Washington", figures),
        denial("r2", "2024-06-18"),
        visit("a/b", "2024-06-18", time="2024-06-19", status="planned"),
    ):
        add(ledger, *made.pair())
    yield schemathesis.openapi.from_asgi("/api/openapi.json", api(ledger, TOKEN))
    ledger.close()


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_as_described(
    path: str, method: str, mode: GenerationMode, schema: Any
) -> None:
    operation = schema[path][method.upper()]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=25,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case) -> None:
        # Well-formed, and refused: a judgement of what is not there, a cursor that is made up.
        unknown = method == "post" or "after" in (case.query or {})
        case.call_and_validate(
            headers={"Authorization": f"Bearer {TOKEN}"},
            excluded_checks=[positive_data_acceptance] if unknown else [],
        )

    ask()
