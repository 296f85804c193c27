"""The pages of the small city, written as they are published."""

from collections.abc import Mapping
from pathlib import Path

from xypipeline.publication.pages.dossier import Dossier, compile_dossiers
from xypipeline_tests.publication.details.hospitals import DETAILS, EXPLANATIONS, FIGURES, quarter_before


def dossiers() -> tuple[Dossier, ...]:
    """The small city's, with a quarter before."""
    return compile_dossiers(FIGURES, DETAILS, EXPLANATIONS, quarter_before())


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files by their paths."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
