"""What the page on the API prints is run against the desk, over the sample dossier."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.examples import Workshop, workshops

from menurut.desk.api.routes import RESOURCES
from menurut.desk.assistant.tools import TOOLS

PAGE = (Path(__file__).parent.parent / "docs" / "api.md").read_text("utf-8")
PRINTED = "http://127.0.0.1:8642"
PATIENCE = 300
"""Seconds after which a desk hangs."""
_BLOCK = re.compile(
    r"^```(sh|python)\n(.*?)^```\n(?:\n```(?:json|text)\n(.*?)^```\n)?", re.S | re.M
)
BLOCKS = [(found[1], found[2], found[3]) for found in _BLOCK.finditer(PAGE)]

needs = pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("jq")), reason="curl and jq are not installed"
)


@pytest.fixture(scope="module")
def desk() -> Iterator[tuple[Workshop, str]]:
    """A folder with the sample dossier's ledger, and the address of a desk over it."""
    with workshops() as workshop:
        log = workshop.folder / "desk.log"
        with log.open("wb") as stream:
            server = subprocess.Popen(
                [sys.executable, "-m", "menurut", "desk", "--no-open", "--port", "0"],
                cwd=workshop.folder,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "MENURUT_LANG": "en"},
                stdout=stream,
                stderr=stream,
            )
        try:
            yield workshop, _address(log, server)
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _address(log: Path, server: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = re.search(r"http://[\d.:]+", log.read_text("utf-8"))
        if found:
            return found[0]
        assert server.poll() is None, log.read_text("utf-8")
        time.sleep(0.1)
    raise AssertionError("the desk did not start")


@needs
def test_every_printed_call_works_and_prints_what_is_shown(desk: tuple[Workshop, str]) -> None:
    workshop, address = desk
    scripts = os.path.dirname(sys.executable)  # noqa: PTH120 (an entry of PATH)
    assert any(kind == "python" for kind, *_ in BLOCKS)
    for kind, block, shown in BLOCKS:
        lines = block.replace(PRINTED, address)
        if kind == "python":
            (workshop.folder / "block.py").write_text(lines, "utf-8")
            lines = f"'{sys.executable}' block.py"
        done = workshop.run(f"PATH=$PATH:{scripts}; set -e\n{lines}")
        assert done.status == 0, f"{block}\n{done.text}"
        assert done.text or ">" in block or "generate" in block, block
        if shown is not None:
            assert done.text.replace(address, PRINTED) == shown, block
        if kind == "python":
            assert " denies " in done.text


def test_the_page_names_every_resource_and_every_tool() -> None:
    for resource in RESOURCES:
        assert f"`{resource.path}" in PAGE
    for tool in TOOLS:
        assert f"`{tool}`" in PAGE
