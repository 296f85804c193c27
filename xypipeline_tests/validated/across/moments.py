"""Moments around the usual upload date, written down shortly."""

from datetime import date, datetime, timedelta

from xypipeline_tests.validated.across.judged import DAY

MIDNIGHT = datetime(DAY.year, DAY.month, DAY.day)
SECOND = timedelta(seconds=1)


def at(days: int, hours: float = 0, *, late: bool = False) -> datetime:
    """So many days and hours after the beginning of the upload date; a second later if `late`."""
    return MIDNIGHT + timedelta(days=days, hours=hours) + SECOND * late


def on(days: int) -> date:
    """The date so many days after the upload date."""
    return DAY + timedelta(days=days)
