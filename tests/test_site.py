"""What the documentation shows is run: every command has examples, and they all work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("mkdocs", reason="the documentation's tools are not installed")

from tools.commands import commands, examples, page_of
from tools.contract_tables import marked, with_tables
from tools.examples import Workshop, another, workshops
from tools.site import lines, runnable

from menurut.contract import schema

DOCS = Path(__file__).parent.parent / "docs"
PAGES = sorted(p for p in DOCS.glob("*.md") if any(runnable(p.read_text("utf-8"))))


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with workshops() as made:
        yield made


def _want_screening(shown: Iterable[str]) -> None:
    """Skip what shows screening where its library is not installed."""
    if any("menurut screen" in line for line in shown):
        pytest.importorskip("rigour", reason="needs menurut[screening], which builds PyICU")


def test_every_command_has_examples_and_no_others_have() -> None:
    assert set(examples()) == set(commands())


@pytest.mark.parametrize("name", sorted(examples()))
def test_the_examples_of_a_command_work(name: str, workshop: Workshop) -> None:
    _want_screening(example.shell for example in examples()[name])
    here = another(workshop, f"command-{name}")
    for example in examples()[name]:
        assert f"menurut {name}" in example.shell
        for line in lines(example.shell) if example.run else ():
            done = here.run(line)
            assert done.status == 0, f"{line}\n{done.text}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_what_a_page_shows_works(page: Path, workshop: Workshop) -> None:
    shown = list(runnable(page.read_text("utf-8")))
    _want_screening(shown)
    here = another(workshop, f"page-{page.stem}")
    for line in shown:
        done = here.run(line)
        assert done.status == 0, f"{line}\n{done.text}"


def test_a_commands_page_names_its_options() -> None:
    page = page_of("show", commands()["show"])
    assert "<code>--as-of DATE</code>" in page
    assert "# run\nmenurut show i1" in page
    below = page_of("obligations", commands()["obligations"])
    assert "menurut obligations report [OPTIONS]" in below
    assert "<code>-o, --output FILE</code>" in below


def test_the_contracts_page_has_every_type_of_report_and_analysis() -> None:
    page = (DOCS / "contract.md").read_text("utf-8")
    wanted = set(schema()["$defs"]) - {"Failure", "Fact", "Unread"}
    assert marked(page) == wanted
    assert "| `denied_by` | <code>tuple[str, ...]</code> |" in with_tables(page)
