"""Finds the folder of the version of the standard that somebody means."""

from pathlib import Path

from xypipeline.errors import StandardError
from xypipeline.standard.catalogue import VERSIONS_DIR


def find_version_folder(text: str, versions_dir: Path = VERSIONS_DIR) -> Path:
    """The folder of a version (`2023.1`), or the folder at a path.

    Raises:
        StandardError: there is neither; the message names the versions that there are.
    """
    folders = {path.name: path for path in sorted(versions_dir.iterdir()) if path.is_dir()}
    if text in folders:
        return folders[text]
    path = Path(text).expanduser().resolve()
    if not (path / "standard.toml").is_file():
        raise StandardError(
            f"{text} is neither a version ({', '.join(folders)}) nor a folder with a standard.toml."
        )
    return path
