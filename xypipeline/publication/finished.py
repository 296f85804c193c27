"""Which quarters are published for good: their attachment counts all of their days."""

import json
from pathlib import Path

from xypipeline.errors import PeriodError
from xypipeline.periods import Quarter


def finished_quarters(publication_dir: Path) -> list[Quarter]:
    """The quarters whose attachment lies here and counts up to their last day, in order; drafts are not."""
    finished = []
    for path in publication_dir.glob("*/attachment.json"):
        try:
            quarter = Quarter.parse(path.parent.name)
        except PeriodError:
            continue
        attachment = json.loads(path.read_bytes())
        if attachment["period"] == str(quarter) and attachment["as_of"] == quarter.last.isoformat():
            finished.append(quarter)
    return sorted(finished)
