"""Exports, each read by the library it is for, or held against the schema of its format."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import networkx
import pyarrow.parquet
import pytest
from tests.analyses import Made, arms, denial, visit

from menurut.export import exporter
from menurut.ledger.adding import add
from menurut.ledger.queries import Shown, find_incidents, show
from menurut.ledger.store import Ledger

WANTS_ICU = "needs menurut[icu], which builds PyICU"
SCHEMAS = Path(__file__).parent / "schemas"
HOSTILE = "</script>\x00\x1b[31m&<b>\u202e"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> list[Shown]:
    made = (
        arms("r1", "2024-06-17", "Washington", {"24 missiles": (24, "missiles")}),
        denial("r2", "2024-06-18"),
        arms("r4", "2024-06-19", "UN monitors"),
        visit("r3", "2024-06-18", time="2024-06-19", status="planned"),
        Made("r5").say("A rebel leader\n  attacked  Togo.", "ASSAULT", "attacked", (), ("Togo",)),
    )
    with Ledger(str(tmp_path_factory.mktemp("exports") / "ledger.db")) as ledger:
        for report in made:
            add(ledger, *report.pair())
        with ledger.read() as snapshot:
            return [show(snapshot, i.id) for i in find_incidents(snapshot)]


@pytest.fixture
def hostile(shown: list[Shown]) -> list[Shown]:
    """The same with hostile names and words everywhere."""
    words = {"name": HOSTILE, "title": HOSTILE, "publisher": HOSTILE, "words": HOSTILE}
    return [
        msgspec.structs.replace(
            each,
            incident=msgspec.structs.replace(each.incident, words=HOSTILE, place=HOSTILE),
            accounts=tuple(msgspec.structs.replace(a, **words) for a in each.accounts),
        )
        for each in shown
    ]


@pytest.fixture
def model() -> Any:
    """The library's model, where it is installed."""
    return pytest.importorskip("followthemoney", reason=WANTS_ICU).model


def entities(found: list[Shown]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exporter("followthemoney")(found).splitlines()]


def test_follow_the_money_takes_every_entity_and_loses_nothing(
    shown: list[Shown], model: Any
) -> None:
    for entity in entities(shown):
        cleaned = model.get_proxy(entity, cleaned=False)
        assert cleaned.schema.validate(cleaned.to_dict()) is None
        for name, values in entity["properties"].items():
            assert len(cleaned.get(name)) == len(values), (entity, name)


def test_follow_the_money_entities_refer_to_what_is_there(shown: list[Shown], model: Any) -> None:
    found = {e["id"]: model.get_proxy(e, cleaned=False) for e in entities(shown)}
    for entity in found.values():
        for property, value in entity.itervalues():
            if property.type.name == "entity":
                assert found[value].schema.is_a(property.range), (entity.id, property.name)


def test_follow_the_money_has_each_account_with_its_provenance(shown: list[Shown]) -> None:
    found = entities(shown)
    links = [e["properties"] for e in found if e["schema"] == "UnknownLink"]
    assert len(links) == sum(len(s.accounts) for s in shown)
    titles = {e["id"]: e["properties"]["name"] for e in found if e["schema"] == "Article"}
    told = {(link["role"][0], *titles[link["proof"][0]]) for link in links}
    assert {("affirms", "r1"), ("denies", "r2"), ("affirms", "r4")} <= told
    schemas = {e["schema"] for e in found}
    assert {"Event", "PublicBody", "Organization", "Article", "UnknownLink"} == schemas


def test_hostile_names_stay_in_their_values(hostile: list[Shown], model: Any) -> None:
    for entity in entities(hostile):
        model.get_proxy(entity, cleaned=False)
    networkx.read_graphml(BytesIO(exporter("graphml")(hostile)))
    rows = pyarrow.parquet.read_table(BytesIO(exporter("parquet")(hostile))).to_pylist()
    assert {row["name"] for row in rows} == {HOSTILE}


def test_parquet_has_typed_columns(shown: list[Shown]) -> None:
    table = pyarrow.parquet.read_table(BytesIO(exporter("parquet")(shown)))
    types = {field.name: str(field.type) for field in table.schema}
    assert types["begins"] == "date32[day]"
    assert types["actors"].startswith("list<")
    rows = table.to_pylist()
    assert len(rows) == sum(len(s.accounts) for s in shown)
    [counted] = [row for row in rows if row["report"] == "r1"]
    assert counted["figures"] == [
        {"low": 24.0, "high": 24.0, "of": "missiles", "words": "24 missiles"}
    ]
    assert counted["actors"] == ["PRK"]


def test_the_graph_is_read_by_networkx(shown: list[Shown]) -> None:
    graph = networkx.read_graphml(BytesIO(exporter("graphml")(shown)))
    assert graph.is_directed()
    assert graph.has_edge("USA", "PRK")


@pytest.mark.parametrize("format", ["annotations", "claimreview"])
def test_json_ld_keeps_to_its_schema(format: str, shown: list[Shown]) -> None:
    schema = json.loads((SCHEMAS / f"{format}.json").read_text("utf-8"))
    written = json.loads(exporter(format)(shown))
    jsonschema.validate(written, schema, jsonschema.Draft202012Validator)
    assert written


def test_a_quotation_is_to_the_letter(shown: list[Shown]) -> None:
    [account] = [a for s in shown for a in s.accounts if a.report == "r5"]
    assert account.words == "A rebel leader attacked Togo."
    assert account.quotation.exact == "A rebel leader\n  attacked  Togo."
    assert account.quotation.prefix == ""
    assert account.quotation.suffix == "\n"


def test_a_source_without_a_name_is_called_so(
    shown: list[Shown], model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MENURUT_LANG", "en")
    unnamed = {"name": "", "source": "unnamed:1", "code": None}
    accounts = tuple(msgspec.structs.replace(a, **unnamed) for a in shown[0].accounts)
    found = [msgspec.structs.replace(shown[0], accounts=accounts)]
    assert b"a source without a name" in exporter("markdown")(found)
    named = [model.get_proxy(entity, cleaned=False) for entity in entities(found)]
    assert all(e.caption for e in named if e.schema.is_a("LegalEntity"))
