"""The pictures of every hospital's page, drawn by a process of its own while other documents are written.

The engine that draws keeps its thread from all others, so that a thread would gain nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from xypipeline.publication.details.model import HospitalDetail
from xypipeline.publication.pages.heat_map import CALENDAR, calendar_chart
from xypipeline.publication.pages.volume import VOLUME, volume_chart
from xypipeline.publication.processes import DRAW


@dataclass(frozen=True)
class Pictures:
    """Of one hospital, as SVG; empty where all days are alike."""

    calendar_svg: str
    volume_svg: str


@contextmanager
def drawn_meanwhile(details: Mapping[str, HospitalDetail]) -> Iterator[Callable[[], dict[str, Pictures]]]:
    """Begin to draw; what is given waits for the pictures, by org_code. The same details, the same bytes.

    Raises:
        RuntimeError: when waited for, if the process that draws failed.
    """
    charts = {(org_code, label): chart for org_code, one in details.items() for label, chart in _charts(one)}
    if not charts:
        yield lambda: _by_hospital(details, {})
        return
    with DRAW.meanwhile([(chart, label) for (_, label), chart in charts.items()]) as svgs:
        yield lambda: _by_hospital(details, dict(zip(charts, svgs(), strict=True)))


def draw_pictures(details: Mapping[str, HospitalDetail]) -> dict[str, Pictures]:
    """`drawn_meanwhile`, waited for."""
    with drawn_meanwhile(details) as drawn:
        return drawn()


def _by_hospital(
    details: Mapping[str, HospitalDetail], svgs: Mapping[tuple[str, str], str]
) -> dict[str, Pictures]:
    return {
        org_code: Pictures(*(svgs.get((org_code, label), "") for label in (CALENDAR, VOLUME)))
        for org_code in details
    }


def _charts(detail: HospitalDetail) -> Iterator[tuple[str, dict[str, object]]]:
    if any(day.files for day in detail.days):
        yield CALENDAR, calendar_chart(detail.days)
    if any(day.rows_accepted for day in detail.days):
        yield VOLUME, volume_chart(detail.days)
