"""The house as a whole: what each room may import, and that nothing hangs on one system.

``docs/architecture.md`` tells of the rooms; here stands which of them each may know.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "menurut"
MODULES = sorted(PACKAGE.rglob("*.py"))
WORDING = re.compile(r"desk\.(?:disarm|phrases|view|\w+_words)")
"""Modules of the desk that say in words what others have found, and print nothing: every page and
every format shares them."""

LONGEST = 400
"""Lines of a module, at most: what can be read at once."""

BASE = {"contract", "tables", "interface", "__version__"}
READING = {"reports", "reader", "record", "world", "pipeline", "engines", "runs"}
MAY_KNOW: dict[str, set[str]] = {
    "contract": set(),
    "interface": set(),
    "tables": set(),
    "world": {"tables"},
    "reports": {"contract", "tables"},
    "reader": {"contract", "tables"},
    "record": {"contract", "tables", "world", "reader"},
    "pipeline": {"contract", "tables", "reports", "reader", "record"},
    "runs": {"contract", "tables", "reports"},
    "engines": {"contract", "reports", "reader", "record", "pipeline", "runs"},
    "ledger": {"contract", "tables", "world", "reports", "record"},
    "screening": {"contract", "reports", "ledger"},
    "obligations": {"contract", "tables", "world", "reports", "ledger"},
    "wording": BASE | {"world", "ledger", "obligations", "pipeline"},
    "watching": BASE | {"reports", "ledger", "wording"},
    "export": BASE | {"world", "ledger", "obligations", "screening", "wording"},
    "desk": BASE
    | READING
    | {"ledger", "screening", "obligations", "watching", "export", "wording"},
}
"""For each room those that it may import. The commands (``cli*``) may import all."""

ALONE = {"sqlalchemy": {"ledger"}, "onnxruntime": {"reader"}, "urllib3": {"watching"}}
"""Libraries that one room alone may import."""

ONE_SYSTEM_ONLY = {
    *("fcntl", "grp", "msvcrt", "posix", "pty", "pwd", "resource", "termios", "tty", "winreg"),
    *("os.chown", "os.fork", "os.getuid", "os.killpg", "os.mkfifo", "os.nice", "os.pread"),
    *("os.pwrite", "os.sched_getaffinity", "os.setsid", "os.sync", "os.uname", "os.wait4"),
    *("signal.SIGALRM", "signal.SIGHUP", "signal.SIGKILL", "signal.SIGPIPE", "signal.SIGUSR1"),
}
"""What macOS or Windows has not. Where there is another way beside it, ``getattr`` asks for it."""


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def room_of(module: str) -> str:
    """The room of a module; the module itself where it stands in the hall (``cli``)."""
    inner = module.removeprefix("menurut.")
    return "wording" if WORDING.fullmatch(inner) else inner.partition(".")[0]


TREES = {name_of(path): ast.parse(path.read_text("utf-8")) for path in MODULES}


def imported(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The full names of the modules that import statements name."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in TREES else node.module


def running(tree: ast.Module) -> Iterator[ast.AST]:
    """What a module runs: all but what only serves its types."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield node
            waiting.extend(ast.iter_child_nodes(node))


def test_a_room_imports_only_what_it_may_know() -> None:
    breaches = []
    for name, tree in TREES.items():
        room = room_of(name)
        if room not in MAY_KNOW:
            continue
        found = {m for m in imported(running(tree)) if m.startswith("menurut.")}
        known = {room_of(module): module for module in found}
        wrong = known.keys() - MAY_KNOW[room] - {room}
        breaches += [f"{name} imports {known[other]}" for other in sorted(wrong)]
    assert breaches == []


def test_the_rooms_stand_in_one_line() -> None:
    assert set(TopologicalSorter(MAY_KNOW).static_order()) == MAY_KNOW.keys() | BASE


def test_libraries_stay_in_their_room() -> None:
    breaches = [
        f"{name} imports {module}"
        for name, tree in TREES.items()
        for module in imported(running(tree))
        if room_of(name) not in ALONE.get(module.partition(".")[0], {room_of(name)})
    ]
    assert breaches == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports at the top of modules; those within a function wait until it is called."""
    graph = {name: set(imported(tree.body)) & TREES.keys() - {name} for name, tree in TREES.items()}
    assert set(TopologicalSorter(graph).static_order()) == set(TREES)


def test_nothing_is_asked_of_one_system_alone() -> None:
    found = []
    for name, tree in TREES.items():
        nodes = list(ast.walk(tree))
        used = set(imported(nodes)) | {
            f"{node.value.id}.{node.attr}"
            for node in nodes
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        }
        found += [f"{name} uses {what}" for what in sorted(used & ONE_SYSTEM_ONLY)]
    assert found == []


def test_no_code_asks_which_language_it_reads() -> None:
    """What differs by language is data: nothing is compared with a language's code."""
    codes = {"en", "id", "eng", "ind"}
    found = []
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare) and "language" in ast.unparse(node.left):
                sides = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)}
                found += [f"{name}: {ast.unparse(node)}"] if sides & codes else []
    assert found == []


def test_modules_stay_short_enough_to_be_read_at_once() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
