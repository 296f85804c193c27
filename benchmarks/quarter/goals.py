"""What is measured, and what was set out to be reached."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """One line of the table; less is better in all of them."""

    work: str
    unit: str
    goal: float
    must: float

    def verdict(self, measured: float) -> str:
        """How a figure stands to it."""
        if measured <= self.goal:
            return "goal reached"
        return "within the must" if measured <= self.must else "missed"


QUARTER = Goal("a whole quarter, against a bare DuckDB load of the same files", "x", 1.5, 2.5)
MEMORY = Goal("peak memory of that run", "MB", 2048, 4096)
LARGE = Goal("peak memory of a day with 8 M rows of one hospital's table", "MB", 2048, 4096)
GROWTH = Goal("cost of a row, against that at a hundredth of the scale", "x", 1.10, 1.25)
DAY = Goal("one day, the newest, through to an updated draft", "s", 15, 30)
LATE_DAY = Goal("one day in the middle of a loaded quarter, through to an updated draft", "s", 15, 30)
SAME_DAY = Goal("that day again, nothing changed", "s", 3, 6)
RESCORE = Goal("score and publish the quarter again from the ledger", "s", 5, 10)
SIZE = Goal("the warehouse, against the uploads gzipped", "x", 1.0, 1.5)
HELP = Goal("xypipeline --help", "s", 0.2, 0.5)
