"""The comparison's files: comparison.json, .md and .xlsx."""

from collections.abc import Sequence

from xypipeline.publication.comparison.compare import compare_quarters
from xypipeline.publication.comparison.data import comparison_json
from xypipeline.publication.comparison.earlier import quarter_before
from xypipeline.publication.comparison.markdown import comparison_markdown
from xypipeline.publication.comparison.movement import Rejudge
from xypipeline.publication.comparison.workbook import comparison_workbook
from xypipeline.publication.comparison.year import year_ledger
from xypipeline.publication.figures import QuarterFigures


def render_comparison(
    now: QuarterFigures, earlier: Sequence[QuarterFigures], rejudge: Rejudge
) -> dict[str, bytes]:
    """The files by name; a quarter without one before it says so, and still has its year's ledger.

    Args:
        now: the quarter published.
        earlier: what `read_earlier` returns: the quarter before, and those of the year.
        rejudge: the scores' way to judge hospitals anew.

    Raises:
        PublicationError: this quarter's ranks are not those that its figures and the policy in force give.
    """
    comparison = compare_quarters(now, quarter_before(now.quarter, earlier), rejudge)
    ledger = year_ledger((*earlier, now))
    parts = (now, comparison, ledger)
    return {
        "comparison.json": comparison_json(*parts),
        "comparison.md": comparison_markdown(*parts),
        "comparison.xlsx": comparison_workbook(*parts),
    }
