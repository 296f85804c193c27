"""Reads what the scores say of each hospital: exact figures, nothing rounded."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from duckdb import CatalogException, DuckDBPyConnection

from xypipeline.errors import PublicationError
from xypipeline.periods import Quarter
from xypipeline.warehouse import run_sql

_STANDING = Path(__file__).with_name("standing.sql")


@dataclass(frozen=True)
class HospitalStanding:
    """One hospital's row of `scores.standing`."""

    period: str
    as_of: date
    standard_version: str
    policy_version: str
    registry_version: str
    seq: int
    district: str
    org_code: str
    hospital: str
    platform: str | None
    """`city`, `province`, or None: not connected."""
    tables_required: int
    tables_applicable: int
    """Of those required, less what the register excuses and of which no row came."""
    tables_uploaded: int
    rows_uploaded: int
    upload_days: int
    expected_days: int
    interruption_days: int | None
    last_upload_date: date | None
    rows_accepted: int
    rows_qualified: int
    tier: int | None
    is_severely_missing: bool | None
    is_good_continuity: bool | None
    score: Decimal | None
    rank: int | None
    remark: str | None

    @property
    def has_uploaded(self) -> bool:
        """Whether the bulletin has figures for it; where not, it leaves them blank."""
        return self.tables_uploaded > 0


def read_standing(connection: DuckDBPyConnection, quarter: Quarter) -> tuple[HospitalStanding, ...]:
    """The quarter's standing, one entry per hospital, in the attachment's order.

    Raises:
        PublicationError: the quarter has not been scored.
    """
    try:
        frame = run_sql(connection, _STANDING, period=str(quarter))
    except CatalogException as error:
        raise PublicationError(f"Nothing has been scored yet; run {quarter} first.") from error
    if frame.is_empty():
        raise PublicationError(f"{quarter} has not been scored; run it first.")
    return tuple(HospitalStanding(**row) for row in frame.iter_rows(named=True))
