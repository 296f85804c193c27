"""The upload calendar of a quarter as a heat map: a line per month, a square per day."""

from collections.abc import Iterable, Mapping, Sequence

from xypipeline.publication.details.model import DayUpload
from xypipeline.publication.pages.axes import as_given, axis

# Light to dark of one hue, so that print and every eye keep the order; orange is told from blue by all, and
# a sign in the square says the same again.
LEVELS = ("#bdd7e7", "#6baed6", "#3182bd", "#08519c")
MISSING, EMPTY, NOT_EXPECTED = "#d55e00", "#f0c27b", "#c8c8c8"
_ON_LIGHT, _ON_DARK = "#1a1a1a", "#ffffff"
_SIGNS: Mapping[str, tuple[str, str, str]] = {
    "missing": (MISSING, "×", _ON_DARK),
    "empty": (EMPTY, "!", _ON_LIGHT),
    "not_expected": (NOT_EXPECTED, "–", _ON_LIGHT),
}
_WEEKDAYS = "一二三四五六日"
CALENDAR = "上传日历"
_SQUARE = 28
_LONGEST_MONTH = 31


def calendar_chart(days: Sequence[DayUpload]) -> dict[str, object]:
    """The calendar in Vega-Lite."""
    squares = _squares(days)
    months = list(dict.fromkeys(square["month"] for square in squares))
    place = {
        "x": _bands("day_of_month", range(1, _LONGEST_MONTH + 1), "top"),
        "y": _bands("month", months, "left"),
        "description": {"field": "title", "type": "nominal"},
    }
    fills = {
        "data": {"values": squares},
        "mark": {"type": "rect"},
        "encoding": {**place, "color": as_given("fill")},
    }
    signs = {
        "data": {"values": [one for one in squares if one["sign"]]},
        "mark": {"type": "text", "fontSize": 12, "fontWeight": "bold"},
        "encoding": {**place, "color": as_given("ink"), "text": {"field": "sign", "type": "nominal"}},
    }
    return {
        "layer": [fills, signs],
        "width": _SQUARE * _LONGEST_MONTH,
        "height": _SQUARE * len(months),
        "padding": {"left": 44, "top": 24, "right": 4, "bottom": 4},
    }


def _bands(field: str, domain: Iterable[object], side: str) -> dict[str, object]:
    return {
        "field": field,
        "type": "ordinal",
        "scale": {"domain": list(domain), "paddingInner": 0.1, "paddingOuter": 0.05},
        "axis": axis(orient=side, domain=False, ticks=False),
    }


def _squares(days: Sequence[DayUpload]) -> list[dict[str, object]]:
    amounts = sorted(one.rows_accepted for one in days if one.state == "uploaded")
    return [_square(one, amounts) for one in days]


def _square(one: DayUpload, amounts: Sequence[int]) -> dict[str, object]:
    fill, sign, ink = _SIGNS.get(one.state) or (_shade(one.rows_accepted, amounts), "", _ON_LIGHT)
    return {
        "month": f"{one.day.month}月",
        "day_of_month": one.day.day,
        "fill": fill,
        "sign": sign,
        "ink": ink,
        "title": describe_day(one),
    }


def _shade(amount: int, amounts: Sequence[int]) -> str:
    # Days of equal amounts share the shade of the least of them.
    return LEVELS[len(LEVELS) * amounts.index(amount) // len(amounts)]


def describe_day(one: DayUpload) -> str:
    """What came on a day, in a line."""
    day = f"{one.day.month}月{one.day.day}日（周{_WEEKDAYS[one.day.weekday()]}）"
    match one.state:
        case "uploaded":
            return f"{day}：有效 {one.rows_accepted:,} 行，其中新增记录 {one.records_new:,} 条"
        case "empty":
            return f"{day}：收到 {one.files:,} 个文件，没有有效数据，计为中断"
        case "missing":
            return f"{day}：应上传而未上传"
        case _:
            return f"{day}：不要求上传"
