"""The landing folder, with a note of what the simulator wrote there, so that no real upload is touched."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from xypipeline.errors import SimulationError

# The leading dot tells every reader of the landing folder to leave it alone.
NOTE_NAME = ".simulation.jsonl"


class LandingFolder:
    """Writes uploads below one folder, and notes each one before it writes it."""

    def __init__(self, folder: Path, note: TextIO) -> None:
        """The note is open for writing; see `open_landing_folder`."""
        self._folder = folder
        self._note = note
        self._sizes: dict[str, int] = {}
        self._made: set[Path] = set()

    def write(self, path: str, content: bytes) -> None:
        """Write one upload; `path` is relative to the folder."""
        target = self.place(path)
        target.write_bytes(content)
        self._sizes[path] = len(content)

    def place(self, path: str) -> Path:
        """Note an upload that the caller is going to write, and make its folder."""
        self._note.write(json.dumps([path, None], ensure_ascii=False) + "\n")
        self._note.flush()
        target = self._folder / path
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        return target

    def settle(self, path: str) -> int:
        """Note the size of an upload that the caller has written, and give it."""
        self._sizes[path] = (self._folder / path).stat().st_size
        return self._sizes[path]

    def note_sizes(self) -> None:
        """Note how large each upload is, so that a later change to one is seen."""
        for entry in self._sizes.items():
            self._note.write(json.dumps(entry, ensure_ascii=False) + "\n")


@contextmanager
def open_landing_folder(folder: Path, parameters: Mapping[str, object]) -> Iterator[LandingFolder]:
    """Remove what an earlier simulation wrote, and begin a new note with the parameters of this one.

    Raises:
        SimulationError: there are uploads that no simulation wrote, or that were changed since.
    """
    _clear(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / NOTE_NAME).open("w", encoding="utf-8") as note:
        note.write(json.dumps(parameters, ensure_ascii=False) + "\n")
        landing = LandingFolder(folder, note)
        try:
            yield landing
        finally:
            landing.note_sizes()


def _clear(folder: Path) -> None:
    note = _read_note(folder / NOTE_NAME)
    strangers = [path for path in _uploads(folder) if not _is_ours(folder, path, note)]
    if strangers:
        raise SimulationError(
            f"{folder} holds uploads that are not simulated, for one {min(strangers)}: they are left alone. "
            "Give an empty folder with --landing."
        )
    for path in note:
        (folder / path).unlink(missing_ok=True)
    for parent in sorted({(folder / path).parent for path in note}):
        _remove_if_empty(parent)
        _remove_if_empty(parent.parent)


def _read_note(note: Path) -> dict[str, int | None]:
    if not note.is_file():
        return {}
    _, *lines = note.read_text(encoding="utf-8").splitlines()
    return dict(entry for entry in map(_entry, lines) if entry)


def _entry(line: str) -> list | None:
    try:
        return json.loads(line)
    except json.JSONDecodeError:
        return None  # the line that was being written when the simulation was stopped


def _uploads(folder: Path) -> list[str]:
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return [path.as_posix() for path in paths if not path.name.startswith(".")]


def _is_ours(folder: Path, path: str, note: Mapping[str, int | None]) -> bool:
    return path in note and note[path] in (None, (folder / path).stat().st_size)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
