"""What README.md shows is so: its excerpt, its commands, its links."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from menurut.cli import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_excerpt_is_what_the_program_prints() -> None:
    shown = re.search(r"<!-- excerpt -->\n```\n(.*)\n```\n<!-- /excerpt -->", README, re.DOTALL)
    assert shown
    stretches = shown[1].split("\n\n")
    assert len(stretches) > 3
    env = {"MENURUT_LANG": "en", "COLUMNS": "80"}
    printed = CliRunner().invoke(cli, ["read", "--sample"], env=env).stdout
    for stretch in stretches:
        assert f"{stretch}\n" in printed, stretch


def test_every_command_that_is_shown_is_there() -> None:
    named = set(re.findall(r"^\./run (\S+)", README, re.MULTILINE))
    assert len(named) > 5
    assert named <= set(cli.commands)


def test_every_link_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert len(links) > 8
    assert not [link for link in links if not (ROOT / link.partition("#")[0]).exists()]
