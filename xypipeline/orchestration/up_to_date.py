"""Knows a period that was run with just these uploads, rules and program, so that nothing would change."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

from duckdb import CatalogException, DuckDBPyConnection

from xypipeline.errors import PublicationError, WarehouseError
from xypipeline.landing.inventory import scan
from xypipeline.landing.walk import Door
from xypipeline.periods import Period, Quarter, today, yesterday
from xypipeline.publication.editions.basis import load_basis
from xypipeline.publication.editions.fingerprints import sha256_of, sha256_of_files
from xypipeline.publication.editions.period_folder import PeriodFolder
from xypipeline.settings import PROJECT_ROOT, Settings
from xypipeline.warehouse import open_warehouse, read_warehouse, run_sql

_SQL = files("xypipeline.orchestration")
_PROGRAM = PROJECT_ROOT / "xypipeline"
_SOURCES = (".py", ".sql", ".csv", ".toml", ".j2", ".typ", ".css", ".js")


@dataclass(frozen=True)
class Attempt:
    """A run that has begun; only the one that began last can say that it came to its end."""

    settings: Settings
    period: Period
    token: str

    def finish(self) -> None:
        """Remember what the period was run with and what came of it."""
        with open_warehouse(self.settings.warehouse_path) as connection:
            taken_in = run_sql(
                connection, _SQL / "taken_in.sql", first=self.period.first, last=self.period.last
            )
            digest = _digest(self.settings, self.period, taken_in.iter_rows())
            connection.execute(
                "update publication.up_to_date set digest = $digest, token = null where token = $token",
                {"digest": digest, "token": self.token},
            )


def begin(settings: Settings, period: Period) -> Attempt:
    """Forget what is known of earlier runs: from now on this one may change anything."""
    attempt = Attempt(settings, period, uuid4().hex)
    with open_warehouse(settings.warehouse_path) as connection:
        forget_others(connection, attempt.token)
        connection.execute(
            "insert into publication.up_to_date values ($period, $token, null)",
            {"period": str(period), "token": attempt.token},
        )
    return attempt


def forget(settings: Settings) -> None:
    """Forget what is known of all runs, before one is begun that is no attempt: it may be killed at once."""
    with open_warehouse(settings.warehouse_path) as connection:
        forget_others(connection, "")


def forget_others(connection: DuckDBPyConnection, token: str) -> None:
    """Forget what is known of earlier runs, but for the attempt with this token: something is to be changed.

    Runs of the UI and of the daemon do this, too, and they may be killed before they come to their end.
    """
    connection.execute((_SQL / "up_to_date.sql").read_text(encoding="utf-8"))
    connection.execute(
        "delete from publication.up_to_date where token is distinct from $token", {"token": token}
    )


def is_up_to_date(settings: Settings, period: Period) -> bool:
    """Whether running the period would change nothing: the last run was of it, and all is as it was then.

    Every upload of the period is read again, to be sure; no figure is computed anew.
    """
    known = _last_digest(settings, period)
    if known is None:
        return False
    basis = load_basis(period.last.year)
    door = Door(settings.landing_dir, basis.registry.org_codes, basis.catalogue, basis.policy.limits, today())
    found = scan(door, period.first, period.last)
    uploads = ((arrival.path, arrival.sha256, arrival.reason) for arrival in found)
    try:
        return _digest(settings, period, uploads) == known
    except PublicationError:
        return False  # a document was changed: a run drafts it anew


def _last_digest(settings: Settings, period: Period) -> str | None:
    try:
        with read_warehouse(settings.warehouse_path) as connection:
            query = "select digest from publication.up_to_date where period = $period"
            known = connection.execute(query, {"period": str(period)}).fetchone()
    except (WarehouseError, CatalogException):
        # Nothing was run yet, or by an earlier version.
        return None
    return known[0] if known else None


def _digest(settings: Settings, period: Period, uploads: Iterable[tuple[str, str | None, str | None]]) -> str:
    """Everything that a run begins with, and what lies published of it."""
    whole = {
        "uploads": sorted(uploads),
        "program": sha256_of_files(_contents(_PROGRAM, _SOURCES)),
        "office": sha256_of_files(_contents(settings.office_dir)),
        "quarters": [_quarter(settings, quarter) for quarter in period.quarters()],
    }
    return sha256_of(json.dumps(whole).encode())


def _quarter(settings: Settings, quarter: Quarter) -> list:
    folder = PeriodFolder(settings.publication_dir / str(quarter))
    editions = folder.editions()
    for edition in editions[-1:]:
        edition.read_contents()
    told = [edition.manifest_sha256 for edition in editions]
    return [str(quarter), str(quarter.as_of(yesterday())), load_basis(quarter.year).describe(), told]


def _contents(folder: Path, suffixes: tuple[str, ...] = ("",)) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name.endswith(suffixes)
    }
