"""The API against its own description: whatever is asked, the answer is as it says."""

from __future__ import annotations

import asyncio
from pathlib import Path

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from tests.analyses import arms, denial, visit

from menurut.desk.api.app import api
from menurut.ledger.adding import add
from menurut.ledger.store import Ledger

TOKEN = "of the test"


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
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


described = schemathesis.pytest.from_fixture("schema")


@described.parametrize()
@settings(
    max_examples=25,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {TOKEN}"})
