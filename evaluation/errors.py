"""Shows what goes wrong: statements of texts that the reader did not learn from, gold beside found.

python -m evaluation.errors training/data/attribution.id.txt [...]

Of each statement that is missed, found where there is none, or found with a wrong source or cue:
what is wrong, the paragraph, and the parts as gold has them (``-``) and as they were found (``+``).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evaluation.attribution import found, held_stories
from evaluation.scores import Attribution, paired, right
from menurut.contract import Analysis, Report, Spans
from menurut.engines.local import read_reports


def faults(text: str, gold: Sequence[Attribution], have: Sequence[Attribution]) -> Iterator[str]:
    """What is wrong in one text, a few lines each."""
    pairs = paired(text, gold, have)
    for a, b in pairs:
        cue, source = right(text, a, b)
        wrong = [name for name, good in (("cue", cue), ("source", source)) if not good]
        if wrong:
            yield _fault(text, "wrong " + " and ".join(wrong), a, b)
    for a in gold:
        if all(a is not one for one, _ in pairs):
            yield _fault(text, "missed", a, None)
    for b in have:
        if all(b is not other for _, other in pairs):
            yield _fault(text, "none there", None, b)


def _fault(text: str, what: str, gold: Attribution | None, have: Attribution | None) -> str:
    one = gold or have
    assert one is not None
    at = min(s for s, _ in (*one.content, *one.cue))
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    lines = [f"{what}: {text[start : end if end >= 0 else None]}"]
    for sign, part in (("-", gold), ("+", have)):
        if part:
            named = (("source", part.source), ("cue", part.cue), ("content", part.content))
            lines.append(f"  {sign} " + " · ".join(f"{n} «{_words(text, s)}»" for n, s in named))
    return "\n".join(lines)


def _words(text: str, spans: Spans) -> str:
    return " … ".join(text[s:e] for s, e in spans)


def show(paths: Iterable[Path]) -> None:
    for path in paths:
        stories = list(held_stories(path))
        language = path.name.split(".")[1]
        reports = [
            Report(id=str(n), text=text, language=language) for n, (text, _) in enumerate(stories)
        ]
        for (text, gold), analysis in zip(stories, read_reports(reports), strict=True):
            if isinstance(analysis, Analysis):
                for fault in faults(text, gold, found(analysis)):
                    print(fault, end="\n\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.errors",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stories", type=Path, nargs="+", help="files of our own stories")
    show(parser.parse_args().stories)
