"""Keeps files to the account that wrote them: most hold what patients' records say."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from xypipeline.settings import Settings

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def keep_to_owner() -> None:
    """Let this process, and those that it starts, make files and folders for this account alone."""
    os.umask(_OTHERS)


def close_to_others(path: Path) -> bool:
    """Take group and all others off one file or folder; whether it is closed now."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & _OTHERS:
            path.chmod(mode & ~_OTHERS)
    except OSError:
        return False
    return True


def close_installation(settings: Settings) -> list[str]:
    """Close what an earlier version, or another umask, has left open to others.

    What is published has nobody's data in it and may be shared on purpose, so it is left as it is; and so is
    a landing folder that lies elsewhere: whoever receives the uploads owns it.

    Returns:
        For each place that is open all the same, what to do about it, in English.
    """
    open_places = [path for path in _private(settings) if path.exists() and not close_to_others(path)]
    complaints = [f"{path} is open to other accounts and cannot be closed from here" for path in open_places]
    if _is_open_to_all(settings.landing_dir):
        complaints.append(f"every account of this machine may read {settings.landing_dir}: chmod o-rwx it")
    return complaints


def _private(settings: Settings) -> Iterator[Path]:
    warehouse = settings.warehouse_path
    yield from sorted(warehouse.parent.glob(f"{warehouse.stem}.*"))
    yield from (settings.state_dir, settings.expected_findings_path)
    if settings.landing_dir.is_relative_to(settings.data_dir):
        yield settings.landing_dir


def _is_open_to_all(folder: Path) -> bool:
    return folder.exists() and bool(folder.stat().st_mode & stat.S_IRWXO)
