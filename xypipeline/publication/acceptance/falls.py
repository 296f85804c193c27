"""Figures that are lower than an edition in force says: only a correction may lower them, and it says why."""

from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.publication.editions.basis import Basis
from xypipeline.publication.editions.changes import find_changes
from xypipeline.publication.editions.period_folder import PeriodFolder
from xypipeline.publication.editions.reasons import UNKNOWN
from xypipeline.publication.editions.snapshot import read_snapshot, take_snapshot
from xypipeline.publication.figures import QuarterFigures

# What grows with uploads; the other figures may fall for good reasons of other hospitals.
GROWING = ("tables_uploaded", "rows_uploaded")


@dataclass(frozen=True)
class Revision:
    """One growing figure of a hospital that differs from the edition in force."""

    org_code: str
    hospital: str
    title: str
    published: int
    """0 where the edition leaves a blank."""
    now: int
    is_explained: bool
    """Whether a correction can name what changed: uploads, standard, policy, register or program."""


def find_revisions(
    connection: DuckDBPyConnection, figures: QuarterFigures, basis: Basis, folder: Path
) -> tuple[Revision, ...]:
    """The growing figures that a correction would change; none while nothing is published.

    Raises:
        PublicationError: the edition in force is missing or damaged.
    """
    latest = PeriodFolder(folder).latest()
    if latest is None:
        return ()
    changes = find_changes(read_snapshot(latest), take_snapshot(connection, figures, basis))
    return tuple(
        Revision(
            org_code=one.org_code,
            hospital=one.hospital,
            title=one.title,
            published=int(one.old or 0),
            now=int(one.new or 0),
            is_explained=one.reason != UNKNOWN,
        )
        for one in changes
        if one.column in GROWING
    )
