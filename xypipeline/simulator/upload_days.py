"""On which days of the quarter a simulated hospital uploads."""

from datetime import date, timedelta
from random import Random

from xypipeline.periods import Quarter
from xypipeline.simulator.replay import Replay

# The policy of 2023: up to ten days without an upload is good continuity.
GOOD_AT_MOST_DAYS = 10
_MOST_GAPS_SHARE = 0.1


def choose_upload_days(replay: Replay, quarter: Quarter, random: Random) -> tuple[date, ...]:
    """The upload days, in order: the quarter's first day, the last upload date, and most days between.

    A continuous hospital misses at most ten days of the quarter, any other more than ten; the days after the
    last upload are among them.
    """
    span = (replay.last_upload_date - quarter.first).days + 1
    missed_after = (quarter.last - replay.last_upload_date).days
    if replay.is_continuous:
        gaps = random.randint(0, GOOD_AT_MOST_DAYS - missed_after)
    else:
        fewest = max(0, GOOD_AT_MOST_DAYS + 1 - missed_after)
        gaps = random.randint(fewest, max(fewest, int(span * _MOST_GAPS_SHARE)))
    missed = set(random.sample(range(1, span - 1), gaps))
    return tuple(quarter.first + timedelta(days=offset) for offset in range(span) if offset not in missed)
