"""Each day's accepted rows as bars: new records, and rows that were sent before or revise them."""

from collections.abc import Sequence

from xypipeline.publication.details.model import DayUpload
from xypipeline.publication.pages.axes import TEXT, as_given, axis
from xypipeline.publication.pages.heat_map import describe_day

VOLUME = "每日数据量"
NEW, AGAIN = "#3182bd", "#bdd7e7"
_WIDTH, _HEIGHT = 860, 180
_LABELLED_DAYS = (1, 11, 21)
# Chinese readers count in ten thousands, and hundred millions.
_AMOUNTS = (
    "datum.value >= 1e8 ? format(datum.value / 1e8, '~r') + '亿' : "
    "datum.value >= 1e4 ? format(datum.value / 1e4, '~r') + '万' : format(datum.value, ',')"
)


def volume_chart(days: Sequence[DayUpload]) -> dict[str, object]:
    """The bars in Vega-Lite."""
    return {
        "data": {"values": [bar for one in days for bar in _bars(one)]},
        "mark": {"type": "rect"},
        "encoding": {
            "x": _days(days),
            "y": _amounts(),
            "y2": {"field": "upper"},
            "color": as_given("fill"),
            "description": {"field": "title", "type": "nominal"},
        },
        "width": _WIDTH,
        "height": _HEIGHT,
        "padding": {"left": 64, "top": 10, "right": 10, "bottom": 26},
    }


def _days(days: Sequence[DayUpload]) -> dict[str, object]:
    return {
        "field": "day",
        "type": "ordinal",
        "scale": {"domain": [_label(one) for one in days], "paddingInner": 0.15},
        "axis": axis(values=[_label(one) for one in days if one.day.day in _LABELLED_DAYS]),
    }


def _amounts() -> dict[str, object]:
    return {
        "field": "lower",
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": axis(tickCount=4, labelExpr=_AMOUNTS, domain=False, gridColor=TEXT, gridOpacity=0.15),
    }


def _label(one: DayUpload) -> str:
    return f"{one.day.month}月{one.day.day}日"


def _bars(one: DayUpload) -> list[dict[str, object]]:
    common = {"day": _label(one), "title": describe_day(one)}
    parts = ((0, one.records_new, NEW), (one.records_new, one.rows_accepted, AGAIN))
    return [
        {**common, "lower": lower, "upper": upper, "fill": fill}
        for lower, upper, fill in parts
        if upper > lower
    ]
