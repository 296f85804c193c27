"""The folder of one period: what is in force at its top, a correction's draft, and the frozen editions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from xypipeline.errors import PublicationError
from xypipeline.publication.editions.files import discard_folder, replace_files
from xypipeline.publication.editions.fingerprints import sha256_of
from xypipeline.publication.editions.history import Decision, State, read_history
from xypipeline.publication.editions.manifest import MANIFEST, Manifest, find_file_problems, parse_manifest

EDITIONS, CORRECTION = "editions", "correction"
# Whoever waits for the contract's file finds all others beside it.
LAST = "attachment.json"


@dataclass(frozen=True)
class Edition:
    """One edition where it lies now."""

    folder: Path
    manifest: Manifest
    manifest_sha256: str
    decisions: tuple[Decision, ...]
    """Those on exactly these bytes."""

    @property
    def number(self) -> int:
        """1, and one more with each correction."""
        return self.manifest.edition

    @property
    def state(self) -> State:
        """How far it has got; a review of other bytes does not count."""
        reached = {decision.state for decision in self.decisions}
        return "published" if "published" in reached else "reviewed" if "reviewed" in reached else "draft"

    def read_contents(self, within: str = "") -> dict[str, bytes]:
        """Every file of the edition whose path begins with `within`, by its path; with all, its manifest too.

        Raises:
            PublicationError: one of them is missing or not as the manifest says.
        """
        problems = find_file_problems(self.folder, self.manifest, within)
        if problems:
            listed = "\n".join(f"  {problem}" for problem in problems)
            raise PublicationError(f"{self.folder} is not as its manifest says:\n{listed}\n{self._advice}")
        names = [name for name in [*self.manifest.sha256, MANIFEST] if name.startswith(within)]
        return {name: (self.folder / name).read_bytes() for name in names}

    @property
    def _advice(self) -> str:
        period = self.manifest.facts.period
        return "Restore it from a backup." if self.state == "published" else f"Run {period} again."


@dataclass(frozen=True)
class PeriodFolder:
    """The publication of one period, as it is on the disk when it is asked; never kept over a change."""

    folder: Path

    @cached_property
    def history(self) -> tuple[Decision, ...]:
        """Every decision, the earliest first."""
        return read_history(self.folder)

    @property
    def published_numbers(self) -> list[int]:
        """The editions that were published, the first first."""
        return [decision.edition for decision in self.history if decision.state == "published"]

    @property
    def next_number(self) -> int:
        """The edition that is drafted, or would be."""
        return max(self.published_numbers, default=0) + 1

    @property
    def draft_folder(self) -> Path:
        """Where the next edition is drafted: at the top while nothing is published."""
        return self.folder / CORRECTION if self.published_numbers else self.folder

    def published(self) -> list[Edition]:
        """The published editions, the first first.

        Raises:
            PublicationError: one of them is missing or its manifest is damaged.
        """
        return [self._published(number) for number in self.published_numbers]

    def latest(self) -> Edition | None:
        """The edition in force, or None while nothing is published."""
        return self._published(self.published_numbers[-1]) if self.published_numbers else None

    def draft(self) -> Edition | None:
        """The next edition as drafted, or None."""
        draft = self.edition_in(self.draft_folder)
        return draft if draft and draft.number == self.next_number else None

    def editions(self) -> list[Edition]:
        """The published editions, the first first, then the draft of the next, if there is one."""
        draft = self.draft()
        return [*self.published(), *([draft] if draft else [])]

    def edition_in(self, folder: Path) -> Edition | None:
        """The edition whose manifest lies in a folder, or None if none does."""
        path = folder / MANIFEST
        if not path.is_file():
            return None
        content = path.read_bytes()
        manifest, fingerprint = parse_manifest(content, path), sha256_of(content)
        decisions = tuple(
            one
            for one in self.history
            if (one.edition, one.manifest_sha256) == (manifest.edition, fingerprint)
        )
        return Edition(folder, manifest, fingerprint, decisions)

    def edition_folder(self, number: int) -> Path:
        """Where a published edition lies."""
        return self.folder / EDITIONS / str(number)

    def write(self, folder: Path, contents: Mapping[str, bytes]) -> None:
        """Let a folder hold an edition that is still open: new files in, those no longer rendered out."""
        stale = sorted(_listed_in(folder) - contents.keys())
        # The manifest first: whenever a kill comes, no file lies there that the next run would not know of.
        ordered = sorted(contents, key=lambda name: (name == LAST, name != MANIFEST, name))
        replace_files(folder, {name: contents[name] for name in ordered}, stale)

    def drop_correction(self) -> None:
        """Forget the draft of a correction that is published, or no longer needed."""
        discard_folder(self.folder / CORRECTION)

    def _published(self, number: int) -> Edition:
        edition = self.edition_in(self.edition_folder(number))
        if edition is None or edition.state != "published":
            raise PublicationError(
                f"{self.edition_folder(number)} is not the edition {number} that was published: "
                "restore it from a backup."
            )
        return edition


def _listed_in(folder: Path) -> set[str]:
    try:
        return set(parse_manifest((folder / MANIFEST).read_bytes(), folder / MANIFEST).sha256)
    except (OSError, PublicationError):
        return set()
