"""The day up to which a quarter counts, chosen in the launchpad once for all steps of a run."""

from datetime import date

import dagster as dg
from pydantic import Field

from xypipeline.errors import PeriodError
from xypipeline.periods import Quarter, yesterday


class CutOff(dg.ConfigurableResource):
    """Where no day is given, the quarter's last day, or while it runs the last complete day."""

    as_of: str | None = Field(
        default=None,
        description="截止日，如 2023-06-20，须在所选季度之内；不填则为季度末日，当季未结束时为昨日。",
    )

    def day_of(self, quarter: Quarter) -> date:
        """The cut-off day of a run that scores or publishes `quarter`.

        Raises:
            PeriodError: what was given is no day, lies outside the quarter, or is not over yet.
        """
        if not self.as_of:
            return quarter.as_of(yesterday())
        span = f"as_of 须为 {quarter.first} 至 {quarter.last} 之间的一天，如 as_of: {quarter.last}"
        try:
            day = date.fromisoformat(self.as_of)
        except ValueError:
            raise PeriodError(f"as_of: {self.as_of!r} 不是日期。{span}。") from None
        if not quarter.first <= day <= quarter.last:
            raise PeriodError(f"as_of: {day} 不在 {quarter} 之内。{span}。")
        if day > yesterday():
            raise PeriodError(f"as_of: {day} 尚未结束，最近的完整一天是 {yesterday()}。")
        return day
