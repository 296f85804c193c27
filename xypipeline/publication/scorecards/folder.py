"""Where a quarter's scorecards lie: beside the periods' folders, since no edition freezes them."""

from collections.abc import Mapping
from pathlib import Path

from xypipeline.periods import Quarter
from xypipeline.publication.editions.files import remove_unfinished, replace_files

SCORECARDS = "scorecards"


def scorecards_folder(publication_dir: Path, quarter: Quarter) -> Path:
    """The folder of a quarter's scorecards."""
    return publication_dir / SCORECARDS / str(quarter)


def keep_scorecards(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Let the folder hold these files and no others; whoever reads meanwhile finds whole files only."""
    folder.mkdir(parents=True, exist_ok=True)
    remove_unfinished(folder)
    stale = sorted(path.name for path in folder.iterdir() if path.name not in contents)
    replace_files(folder, contents, stale)
