"""Plans a large reading: machine hours, days and cost, from figures that are measured.

python -m benchmarks.plan --articles 12000000 [--read-rate 13.2] [--price 0.04] ...

Every figure that it computes with is printed; those that were not measured are assumptions, and are
called so.
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


def main() -> None:
    """Parse arguments and print the plan."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.plan",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--articles", type=float, default=12e6, help="pages that arrive")
    add("--readable", type=float, default=0.45, help="share in a language that is read")
    add("--copies", type=float, default=0.0, help="share of these left unread as copies")
    add("--extract", type=float, default=20.0, help="ms of one core to unpack and extract a page")
    add("--rate", type=float, default=13.2, help="articles a second read on two cores")
    add("--store", type=float, default=16.0, help="ms to link and store a report")
    add("--cores", type=int, default=32, help="of a machine")
    add("--price", type=float, default=0.04, help="of a core hour, in dollars")
    add("--kilobytes", type=float, default=8.0, help="of Parquet for an article that is read")
    add("--machines", type=int, default=10, help="that read at once")
    plan = Plan(**vars(parser.parse_args()))
    print(f"{plan.articles:,.0f} pages, of which {plan.read:,.0f} are read")
    print(f"core hours to extract and read  {plan.core_hours:12,.0f}")
    print(
        f"hours on {plan.machines:>3} machines of {plan.cores:>3} cores {plan.reading_hours:11,.1f}"
    )
    print(f"hours of the ledger's one writer {plan.storing_hours:11,.1f}")
    print(f"cost at {plan.price:.3f} dollars a core hour {plan.cost:9,.0f} dollars")
    print(f"Parquet                         {plan.terabytes:12,.3f} TB")


if __name__ == "__main__":
    main()
