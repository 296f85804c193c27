"""The pages of the small city, written as they are published."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from xypipeline.publication.details.model import DayUpload
from xypipeline.publication.pages.dossier import Dossier, compile_dossiers
from xypipeline.publication.pages.drawing import draw_svg
from xypipeline.publication.pages.heat_map import CALENDAR, calendar_chart
from xypipeline.publication.pages.volume import VOLUME, volume_chart
from xypipeline_tests.publication.details.hospitals import DETAILS, EXPLANATIONS, FIGURES, quarter_before


def dossiers() -> tuple[Dossier, ...]:
    """The small city's, with a quarter before."""
    return compile_dossiers(FIGURES, DETAILS, EXPLANATIONS, quarter_before())


def draw_calendar(days: Sequence[DayUpload]) -> str:
    """One hospital's calendar, drawn in this process."""
    return draw_svg(calendar_chart(days), CALENDAR)


def draw_volume(days: Sequence[DayUpload]) -> str:
    """One hospital's amounts, drawn in this process."""
    return draw_svg(volume_chart(days), VOLUME)


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files by their paths."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
