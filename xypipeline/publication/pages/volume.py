"""Each day's accepted rows as bars: new records, and rows that were sent before or revise them."""

from collections.abc import Sequence

from xypipeline.publication.details.model import DayUpload
from xypipeline.publication.pages.drawing import TEXT, draw_svg
from xypipeline.publication.pages.heat_map import describe_day

NEW, AGAIN = "#3182bd", "#bdd7e7"
_WIDTH, _HEIGHT = 860, 180
_LABELLED_DAYS = (1, 11, 21)
# Chinese readers count in ten thousands, and hundred millions.
_AMOUNTS = (
    "datum.value >= 1e8 ? format(datum.value / 1e8, '~r') + '亿' : "
    "datum.value >= 1e4 ? format(datum.value / 1e4, '~r') + '万' : format(datum.value, ',')"
)


def draw_volume(days: Sequence[DayUpload]) -> str:
    """An SVG of the days' amounts, from the first to the last."""
    import altair as alt

    labels = [_label(one) for one in days]
    shown = [_label(one) for one in days if one.day.day in _LABELLED_DAYS]
    bars = [bar for one in days for bar in _bars(one)]
    chart = (
        alt.Chart(alt.Data(values=bars))
        .mark_rect()
        .encode(
            x=alt.X(
                "day:O",
                scale=alt.Scale(domain=labels, paddingInner=0.15),
                axis=alt.Axis(values=shown, title=None, labelAngle=0, labelColor=TEXT, labelFontSize=12),
            ),
            y=alt.Y("lower:Q", scale=alt.Scale(zero=True, nice=True), axis=_amount_axis()),
            y2="upper:Q",
            color=alt.Color("fill:N", scale=None, legend=None),
            description="title:N",
        )
        .properties(
            width=_WIDTH,
            height=_HEIGHT,
            padding={"left": 64, "top": 10, "right": 10, "bottom": 26},
            autosize={"type": "none"},
        )
        .configure(background="#00000000", font="sans-serif")
        .configure_view(stroke=None)
    )
    return draw_svg(chart, "每日数据量")


def _amount_axis() -> object:
    import altair as alt

    return alt.Axis(
        title=None,
        tickCount=4,
        labelExpr=_AMOUNTS,
        labelColor=TEXT,
        labelFontSize=12,
        labelOverlap=False,
        domain=False,
        gridColor=TEXT,
        gridOpacity=0.15,
    )


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
