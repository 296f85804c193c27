"""How days and severities are written for hospitals."""

from collections.abc import Mapping

from xypipeline.publication.details.model import DayRange

SEVERITIES_ZH: Mapping[str, str] = {"fatal": "致命", "error": "错误", "warn": "提示"}


def range_text(days: DayRange) -> str:
    """Consecutive days: `4月25日`, `6月23日至30日（8天）`, `4月28日至5月3日（6天）`."""
    first, last = days.first, days.last
    begin = f"{first.month}月{first.day}日"
    if first == last:
        return begin
    end = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    return f"{begin}至{end}（{days.days}天）"
