"""Plans a large reading: machine hours, days and cost, from figures that are measured.

python -m benchmarks.plan --articles 12000000 [--rate 11.7] [--machines 10] ...

Every figure that it computes with is printed, and where it comes from: which benchmark, or that it
is assumed.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a reading is planned from.

    ``articles``: pages that arrive; ``readable``: the share in a language that is read, 0 to 1;
    ``copies``: the share of these left unread as copies; ``extract``: processor milliseconds to
    unpack and extract a page; ``rate``: articles a second that two cores read; ``store``:
    milliseconds to link and store a report, one at a time; ``cores``: of a machine; ``price``: of
    a core hour; ``kilobytes``: of Parquet an article; ``machines``: that read at once.
    """

    articles: float
    readable: float
    copies: float
    extract: float
    rate: float
    store: float
    cores: int
    price: float
    kilobytes: float
    machines: int

    @property
    def read(self) -> float:
        """Articles that the model reads."""
        return self.articles * self.readable * (1 - self.copies)

    @property
    def core_hours(self) -> float:
        """Core hours to extract all pages and read those that are read."""
        return (self.articles * self.extract / 1000 + self.read / (self.rate / 2)) / HOUR

    @property
    def reading_hours(self) -> float:
        """Hours until all is read, on all machines."""
        return self.core_hours / (self.cores * self.machines)

    @property
    def storing_hours(self) -> float:
        """Hours of the one writer of a ledger."""
        return self.articles * self.readable * self.store / 1000 / HOUR

    @property
    def cost(self) -> float:
        """Price of the core hours, and of one machine as long as the writer works."""
        return (self.core_hours + self.storing_hours) * self.price

    @property
    def terabytes(self) -> float:
        """Parquet that is written."""
        return self.read * self.kilobytes / 1e9


ASKED = (
    ("articles", float, 12e6, "pages that arrive", "given"),
    ("readable", float, 0.4, "share of them in a language that is read", "assumed"),
    ("copies", float, 0.0, "share of these left unread as copies", "assumed"),
    ("extract", float, 7.0, "ms of one core to unpack and extract a page", "benchmarks.intake"),
    ("rate", float, 11.7, "articles a second read on two cores", "benchmarks"),
    ("store", float, 13.0, "ms of the one writer to link and store a report", "benchmarks.intake"),
    ("kilobytes", float, 5.6, "kB of Parquet for an article", "read --out, benchmarks.web"),
    ("cores", int, 32, "cores of a machine", "assumed"),
    ("machines", int, 10, "machines that read at once", "given"),
    ("price", float, 0.04, "dollars a core hour", "assumed"),
)
"""Name, type, value where none is given, meaning, and where the value comes from."""


def main() -> None:
    """Parse arguments and print the plan."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.plan",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name, kind, value, meaning, _ in ASKED:
        parser.add_argument(f"--{name}", type=kind, default=value, help=f"{meaning}: {value}")
    given = vars(parser.parse_args())
    plan = Plan(**given)
    for name, _, value, meaning, origin in ASKED:
        told = origin if given[name] == value else "given"
        figure = given[name]
        shown = f"{figure:,.0f}" if figure >= 100 else f"{figure:g}"
        print(f"{shown:>14} {meaning} ({told})")
    machines = f"{plan.machines} machines of {plan.cores} cores"
    print(
        f"\n{plan.read:14,.0f} articles are read\n"
        f"{plan.core_hours:14,.0f} core hours to extract and read\n"
        f"{plan.reading_hours:14,.1f} hours on {machines}\n"
        f"{plan.storing_hours:14,.1f} hours of the ledger's one writer\n"
        f"{plan.cost:14,.2f} dollars\n"
        f"{1000 * plan.terabytes:14,.1f} GB of Parquet"
    )


if __name__ == "__main__":
    main()
