"""Which quarters are published for good: an edition of them is in force, and it counts all of their days."""

from pathlib import Path

from xypipeline.errors import PeriodError
from xypipeline.periods import Quarter
from xypipeline.publication.editions.period_folder import PeriodFolder


def finished_quarters(publication_dir: Path) -> list[Quarter]:
    """The quarters with a published edition that counts up to their last day, in order; drafts are not.

    Raises:
        PublicationError: a published edition is missing or damaged.
    """
    finished = []
    for folder in publication_dir.glob("*"):
        try:
            quarter = Quarter.parse(folder.name)
        except PeriodError:
            continue
        latest = PeriodFolder(folder).latest()
        if latest and latest.manifest.facts.cut_off == quarter.last:
            finished.append(quarter)
    return sorted(finished)
