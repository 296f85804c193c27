"""The days as small multiples, one chart for each kind of figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import vl_convert

from soak.figures import Figures

_WIDTH, _HEIGHT, _COLUMNS = 340, 150, 2


@dataclass(frozen=True)
class Panel:
    """One small chart: what its lines are called, by the name of the figure."""

    title: str
    lines: Mapping[str, str]


PANELS = (
    Panel("Run time, seconds", {"intake_seconds": "intake", "score_seconds": "scores"}),
    Panel(
        "Processor time of a day, seconds",
        {"cpu_seconds": "its runs", "services_cpu_seconds": "daemon and code server"},
    ),
    Panel(
        "Memory, MB",
        {"run_peak_mb": "peak of a run", "daemon_mb": "daemon", "code_server_mb": "code server"},
    ),
    Panel("Open files", {"daemon_descriptors": "daemon", "code_server_descriptors": "code server"}),
    Panel(
        "Files",
        {"state_files": "state", "publication_files": "publication", "temporary_files": "temporary"},
    ),
    Panel(
        "Size, MB",
        {"warehouse_mb": "warehouse", "state_mb": "state", "publication_mb": "publication"},
    ),
    Panel(
        "Rows in the warehouse", {"raw_rows": "raw", "validated_rows": "validated", "scores_rows": "scores"}
    ),
    Panel("A day with all its waiting, seconds", {"seconds": "day"}),
)


def draw(days: Sequence[Figures]) -> str:
    """The picture as SVG."""
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "columns": _COLUMNS,
        "concat": [_panel(panel, days) for panel in PANELS],
        "resolve": {"scale": {"color": "independent"}},
        "config": {"view": {"stroke": "#ddd"}, "title": {"anchor": "start", "fontSize": 13}},
    }
    return vl_convert.vegalite_to_svg(chart)


def _panel(panel: Panel, days: Sequence[Figures]) -> dict[str, object]:
    values = [
        {"day": number, "line": line, "value": round(getattr(one, name), 2)}
        for name, line in panel.lines.items()
        for number, one in enumerate(days, start=1)
    ]
    axis = {"grid": True, "gridColor": "#eee", "title": None}
    return {
        "title": panel.title,
        "width": _WIDTH,
        "height": _HEIGHT,
        "data": {"values": values},
        "mark": {"type": "line", "strokeWidth": 1.2},
        "encoding": {
            "x": {
                "field": "day",
                "type": "quantitative",
                "axis": {**axis, "title": "day"},
                "scale": {"domain": [1, max(2, len(days))]},
            },
            "y": {"field": "value", "type": "quantitative", "axis": {**axis, "tickCount": 5}},
            "color": {
                "field": "line",
                "type": "nominal",
                "sort": list(panel.lines.values()),
                "legend": {"title": None, "orient": "bottom"},
            },
        },
    }
