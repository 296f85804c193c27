"""Publishes a quarter: checks its figures, and keeps the period's folder current with every document.

What has been published is never overwritten; that, drafts and corrections are the editions' business.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.errors import PublicationError
from xypipeline.periods import Quarter
from xypipeline.publication.acceptance.gate import accept_quarter
from xypipeline.publication.editions.basis import Basis
from xypipeline.publication.editions.drafting import Outcome, keep_current
from xypipeline.publication.editions.snapshot import take_snapshot
from xypipeline.publication.figures import QuarterFigures, read_figures

Render = Callable[[DuckDBPyConnection, QuarterFigures], Mapping[str, bytes]]


def publish_quarter(
    connection: DuckDBPyConnection, quarter: Quarter, basis: Basis, folder: Path, render: Render
) -> Outcome:
    """Bring the documents of a scored quarter up to date, as far as a run may.

    While nothing is published the folder holds the draft. Once it is, changed figures become the draft of a
    correction beside it. The same warehouse gives the same bytes.

    Args:
        connection: the warehouse.
        quarter: a scored one.
        basis: what it was scored with.
        folder: of the period.
        render: gives every document by its path in the folder; called only where they are needed.

    Raises:
        PublicationError: the quarter has not been scored, a figure is not fit to be published, or a published
            edition is missing or damaged.
    """
    problems = accept_quarter(connection, quarter, basis, folder).problems
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise PublicationError(f"{quarter} is not published, its figures contradict themselves:\n{listed}")
    figures = read_figures(connection, quarter, basis.policy)
    snapshot = take_snapshot(connection, figures, basis)
    return keep_current(folder, snapshot, lambda: render(connection, figures))
