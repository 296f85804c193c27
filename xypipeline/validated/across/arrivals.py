"""Since when each hospital sends each table, and so which rules can be judged of it, and of which days."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

from duckdb import DuckDBPyConnection

# Clause G14: a record may arrive this many days after a row that refers to it.
REVIEW_DAYS = 3
_ARRIVED = files("xypipeline.validated.across") / "arrived.sql"


@dataclass(frozen=True)
class Arrivals:
    """The first day with an accepted row, by hospital and table."""

    first_days: Mapping[str, Mapping[str, date]]

    def judged_since(self, needs: Collection[Iterable[str]]) -> dict[str, date]:
        """From which upload date on each hospital is judged by a rule that needs these tables.

        By then, or within the review days after, rows of one table of each set had arrived. A hospital that
        does not send them is left out. A rule that needs none looks at what arrived itself.
        """
        since = {}
        for org_code, tables in self.first_days.items():
            arrived = [
                min((tables[one] for one in either if one in tables), default=None) for either in needs
            ]
            if None not in arrived:
                since[org_code] = max(
                    (day - timedelta(days=REVIEW_DAYS) for day in arrived), default=date.min
                )
        return since


def read_arrivals(connection: DuckDBPyConnection) -> Arrivals:
    """Note in `arrived`, for the queries of the rules, since when tables arrive; and return it."""
    connection.execute(_ARRIVED.read_text(encoding="utf-8"))
    first_days: dict[str, dict[str, date]] = {}
    for org_code, table_code, day in connection.execute("from arrived").fetchall():
        first_days.setdefault(org_code, {})[table_code] = day
    return Arrivals(first_days)
