"""The landing folder, with a note of what the simulator wrote there, so that no real upload is touched."""

import json
from collections.abc import Mapping
from pathlib import Path

from xypipeline.errors import SimulationError

# The leading dot tells every reader of the landing folder to leave it alone.
NOTE_NAME = ".simulation.json"


class LandingFolder:
    """Writes uploads below one folder, and notes each one before it writes it."""

    def __init__(self, folder: Path) -> None:
        """Does nothing yet; see `clear`."""
        self._folder = folder
        self._sizes: dict[str, int] = {}
        self._made: set[Path] = set()

    def clear(self, parameters: Mapping[str, object]) -> None:
        """Remove what an earlier simulation wrote, and begin a new note with the parameters of this one.

        Raises:
            SimulationError: there are uploads that no simulation wrote, or that were changed since.
        """
        note = self._read_note()
        strangers = sorted(path for path in self._uploads() if not self._is_ours(path, note))
        if strangers:
            raise SimulationError(
                f"{self._folder} holds uploads that are not simulated, for one {strangers[0]}: they are left "
                "alone. Give an empty folder with --landing."
            )
        for path in note:
            (self._folder / path).unlink(missing_ok=True)
        self._remove_empty_folders()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._note = (self._folder / NOTE_NAME).open("w", encoding="utf-8")
        self._note.write(json.dumps(parameters, ensure_ascii=False) + "\n")
        self._note.flush()

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

    def close(self) -> None:
        """End the note with the size of each upload, so that a later change to one is seen."""
        for entry in self._sizes.items():
            self._note.write(json.dumps(entry, ensure_ascii=False) + "\n")
        self._note.close()

    def _read_note(self) -> dict[str, int | None]:
        note = self._folder / NOTE_NAME
        if not note.is_file():
            return {}
        _, *lines = note.read_text(encoding="utf-8").splitlines()
        entries = (_entry(line) for line in lines)
        return dict(entry for entry in entries if entry)

    def _uploads(self) -> list[str]:
        if not self._folder.is_dir():
            return []
        paths = (path.relative_to(self._folder) for path in self._folder.rglob("*") if path.is_file())
        return [path.as_posix() for path in paths if not path.name.startswith(".")]

    def _is_ours(self, path: str, note: Mapping[str, int | None]) -> bool:
        return path in note and note[path] in (None, (self._folder / path).stat().st_size)

    def _remove_empty_folders(self) -> None:
        if not self._folder.is_dir():
            return
        for path in sorted(self._folder.glob("*/*"), reverse=True) + sorted(self._folder.glob("*")):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()


def _entry(line: str) -> list | None:
    try:
        return json.loads(line)
    except json.JSONDecodeError:
        return None  # the line that was being written when the simulation was stopped
