"""Every change that is made to a publication's folder, each such that a kill leaves the old or the new."""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

READ_ONLY = 0o444


def replace_files(folder: Path, contents: Mapping[str, bytes], stale: Iterable[str] = ()) -> None:
    """Write files by their path in a folder, and remove stale ones; none is touched before all are written.

    A file that has the content already is left as it is; the others get their names in the order given.
    """
    parts: dict[Path, Path] = {}
    try:
        for name, content in contents.items():
            path = folder / name
            if not _holds(path, content):
                part = _unfinished(path)
                parts[part] = path
                write_file(part, content)
        remove_files(folder, stale)
        for part, path in parts.items():
            move(part, path)
    except Exception:
        for part in parts:
            remove_file(part)
        raise


def remove_files(folder: Path, names: Iterable[str]) -> None:
    """Remove files by their path in a folder, and the folders in it that they leave empty."""
    for name in names:
        path = folder / name
        remove_file(path)
        for parent in path.relative_to(folder).parents[:-1]:
            if (folder / parent).is_dir() and not any((folder / parent).iterdir()):
                (folder / parent).rmdir()


def freeze_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Make a folder that appears complete, on the disk for good, with files that are only to be read.

    What an attempt that was killed has left must have been removed.
    """
    unfinished = _unfinished(folder)
    for name, content in contents.items():
        write_file(unfinished / name, content)
        (unfinished / name).chmod(READ_ONLY)
    for inner in [unfinished, *(path for path in unfinished.rglob("*") if path.is_dir())]:
        _flush_folder(inner)
    move(unfinished, folder)
    _flush_folder(folder.parent)


def append_line(path: Path, line: bytes) -> None:
    """Append a line for good; the torn end of an append that was killed is cut off first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = whole_lines(path)
    with path.open("ab") as file:
        file.truncate(len(whole))
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())
    _flush_folder(path.parent)


def whole_lines(path: Path) -> bytes:
    """A file up to its last line break; nothing if there is no file."""
    content = path.read_bytes() if path.exists() else b""
    return content[: content.rfind(b"\n") + 1]


def write_file(path: Path, content: bytes) -> None:
    """Write a file of which nobody knows yet, and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def move(path: Path, target: Path) -> None:
    """Give a file or folder its name, all at once."""
    path.replace(target)


def discard_folder(folder: Path) -> None:
    """Remove a folder and all in it, if it is there; half of it is never seen under its name."""
    if folder.exists():
        move(folder, _unfinished(folder))
        shutil.rmtree(_unfinished(folder))


def remove_unfinished(folder: Path) -> None:
    """Remove what a kill has left in a folder half written or half removed; nobody else may write there."""
    for left in sorted(folder.rglob(".*.part")):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            remove_file(left)


def remove_file(path: Path) -> None:
    """Remove a file, if it is there."""
    path.unlink(missing_ok=True)


def _unfinished(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
