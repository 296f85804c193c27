"""How days, severities and entries of the register are written for hospitals."""

from collections.abc import Mapping, Sequence

from xypipeline.publication.details.model import DayRange, InapplicableTable

SEVERITIES_ZH: Mapping[str, str] = {"fatal": "致命", "error": "错误", "warn": "提示"}
KINDS_ZH: Mapping[str, str] = {
    "not_provided": "未开展此项业务",
    "suspended": "业务暂停",
    "outsourced": "由其他机构承担",
}
"""Why a table is not applicable to a hospital."""
_RANGES_NAMED = 5


def range_text(days: DayRange) -> str:
    """Consecutive days: `4月25日`, `6月23日至30日（8天）`, `4月28日至5月3日（6天）`."""
    first, last = days.first, days.last
    begin = f"{first.month}月{first.day}日"
    if first == last:
        return begin
    end = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    return f"{begin}至{end}（{days.days}天）"


def ranges_text(ranges: Sequence[DayRange]) -> str:
    """Ranges of days: `4月3日、5月1日至2日（2天）`; of many the first, and how many days in all."""
    listed = "、".join(range_text(one) for one in ranges[:_RANGES_NAMED])
    days = sum(one.days for one in ranges)
    return listed if len(ranges) <= _RANGES_NAMED else f"{listed}等共{days}天"


def open_text(one: InapplicableTable) -> str:
    """What is to be done about an entry; empty where nothing is."""
    last = one.entry.days.last
    asks = {
        "lapsing": f"将于{last}到期，届时仍未开展的，请在到期前续期",
        "lapsed": f"已于{last}到期，此后按应上传计；仍未开展的须重新登记",
        None: "",
    }
    came = (
        f"登记期内收到{one.rows_received:,}行（{ranges_text(one.received_on)}），与登记不符，请核实"
        if one.rows_received
        else ""
    )
    return "；".join(filter(None, (came, asks[one.renewal])))
