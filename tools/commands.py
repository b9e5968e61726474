"""A page of the documentation for each command: its help, its options, its examples.

The help is the program's own; the examples stand in ``docs/commands.toml``. A test runs them all.
"""

from __future__ import annotations

import tomllib
from html import escape
from pathlib import Path

import click
import msgspec

from menurut.cli import cli

EXAMPLES = Path(__file__).parent.parent / "docs" / "commands.toml"


class Example(msgspec.Struct, forbid_unknown_fields=True):
    """``says``: a sentence. ``shell``: lines to run. ``run``: they come to an end by themselves."""

    says: str
    shell: str
    run: bool = True


def commands() -> dict[str, click.Command]:
    """The commands of the program by name."""
    return dict(sorted(cli.commands.items()))


def examples() -> dict[str, list[Example]]:
    """The examples of each command. Raises ``msgspec.ValidationError`` for a bad file."""
    return msgspec.convert(tomllib.loads(EXAMPLES.read_text("utf-8")), dict[str, list[Example]])


def page_of(name: str, command: click.Command) -> str:
    """The page of a command, in Markdown."""
    context = click.Context(command, info_name=f"menurut {name}")
    usage = " ".join(command.collect_usage_pieces(context))
    parts = [
        f"# {name}",
        command.help or "",
        f"```text\nmenurut {name} {usage}\n```",
        _options(command, context),
        *_below(name, command),
        "## Examples",
        *(_example(example) for example in examples().get(name, [])),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _below(name: str, command: click.Command) -> list[str]:
    """The commands under a command, each with its help and options."""
    parts = []
    for below, held in sorted(getattr(command, "commands", {}).items()):
        context = click.Context(held, info_name=f"menurut {name} {below}")
        usage = " ".join(held.collect_usage_pieces(context))
        parts += [f"## {below}", held.help or "", f"```text\nmenurut {name} {below} {usage}\n```"]
        parts.append(_options(held, context, "###"))
    return parts


def _options(command: click.Command, context: click.Context, mark: str = "##") -> str:
    records = [p.get_help_record(context) for p in command.get_params(context)]
    rows = [record for record in records if record and record[1]]
    lines = [f"| <code>{_cell(names)}</code> | {_cell(says)} |" for names, says in rows]
    return "\n".join([f"{mark} Options", "", "| option | what it does |", "| --- | --- |", *lines])


def _cell(text: str) -> str:
    return escape(text, quote=False).replace("|", "&#124;")


def _example(example: Example) -> str:
    head = "# run\n" if example.run else ""
    return f"{example.says}\n\n```sh\n{head}{example.shell.strip()}\n```"
