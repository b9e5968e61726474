"""Hooks of the documentation site: a page for each command, and what shown commands print.

A fenced block ``sh`` whose first line is ``# run`` is run line by line in a folder of the page's
own (``tools.examples``) and what it prints is put below it, at most ``MOST`` lines. So no output
in the documentation is older than the code. A line that fails stops the build.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

sys.path.insert(0, str(Path(__file__).parent.parent))

from tools.commands import commands, page_of
from tools.contract_tables import with_tables
from tools.examples import Workshop, another, workshops
from tools.measure_tables import with_checks

MOST = 40
"""Lines of output that are shown; what is cut off is said."""
_RUN = re.compile(r"^```sh\n# run\n(.*?)^```\n", re.DOTALL | re.MULTILINE)


class _Site:
    """What the hooks share during one build."""

    def __init__(self) -> None:
        self.stack = ExitStack()
        self.first: Workshop | None = None

    def workshop(self, name: str) -> Workshop:
        if self.first is None:
            self.first = self.stack.enter_context(workshops())
        return another(self.first, name)


_site = _Site()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Names the pages of the commands in the navigation."""
    pages = [f"commands/{name}.md" for name in commands()]
    assert config.nav is not None
    config.nav = [
        {"Commands": pages} if entry == {"Commands": "commands"} else entry for entry in config.nav
    ]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages of the commands."""
    for name, command in commands().items():
        content = page_of(name, command)
        files.append(File.generated(config, f"commands/{name}.md", content=content))
    return files


def on_page_markdown(markdown: str, page: Page, **_rest: object) -> str:
    """Runs what a page shows and fills in its tables."""
    markdown = with_checks(with_tables(markdown))
    if not _RUN.search(markdown):
        return markdown
    workshop = _site.workshop(page.file.src_uri.replace("/", "-"))
    return _RUN.sub(lambda block: _with_output(workshop, block[1], page), markdown)


def on_post_build(**_rest: object) -> None:
    """Throws the folders away."""
    _site.stack.close()
    _site.first = None


def runnable(markdown: str) -> Iterator[str]:
    """The lines of a page that are run, one after another."""
    for block in _RUN.finditer(markdown):
        yield from lines(block[1])


def lines(block: str) -> list[str]:
    """The commands of a block, a line each; one that ends in a backslash goes on."""
    return [line for line in block.replace("\\\n", "").splitlines() if line.strip()]


def _with_output(workshop: Workshop, block: str, page: Page) -> str:
    printed = []
    for line in lines(block):
        done = workshop.run(line)
        if done.status != 0:
            raise PluginError(f"{page.file.src_uri}: {line}: {click.unstyle(done.text)}")
        printed.append(done.text)
    shown = "".join(printed).rstrip().splitlines()
    rest = [] if len(shown) <= MOST else [f"… {len(shown) - MOST} lines more"]
    output = "\n".join(line.rstrip() for line in [*shown[:MOST], *rest])
    return f"```sh\n{block}```\n\n```text\n{output}\n```\n" if output else f"```sh\n{block}```\n"
