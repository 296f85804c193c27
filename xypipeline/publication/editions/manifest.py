"""manifest.json: what an edition was made of and the fingerprint of each of its files; no clock in it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from xypipeline.errors import PublicationError
from xypipeline.periods import Quarter
from xypipeline.publication.editions.fingerprints import sha256_of

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Facts:
    """What an edition's figures rest on."""

    period: str
    as_of: str
    inputs: Mapping[str, object]
    """The list of inputs: its path in the edition, its sha256, how many files and bytes it names."""
    standard: Mapping[str, str]
    policy: Mapping[str, str]
    registry: Mapping[str, str]
    """version and sha256 of each."""
    code: Mapping[str, str | None]
    """version of the program, and its commit where known."""

    @property
    def quarter(self) -> Quarter:
        """The quarter that the edition reports on."""
        return Quarter.parse(self.period)

    @property
    def cut_off(self) -> date:
        """The cut-off day."""
        return date.fromisoformat(self.as_of)


@dataclass(frozen=True)
class Manifest:
    """One edition, complete: whoever has its fingerprint can prove every byte of the edition."""

    edition: int
    corrects: int | None
    """The edition that it corrects."""
    facts: Facts
    sha256: Mapping[str, str]
    """Of every other file of the edition, by its path."""

    def to_bytes(self) -> bytes:
        """The same edition gives the same bytes."""
        content = {
            "period": self.facts.period,
            "edition": self.edition,
            "corrects": self.corrects,
            **asdict(self.facts),
            "sha256": dict(sorted(self.sha256.items())),
        }
        return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def seal(
    contents: Mapping[str, bytes], facts: Facts, *, edition: int, corrects: int | None = None
) -> Manifest:
    """The manifest of an edition's files."""
    return Manifest(
        edition, corrects, facts, {name: sha256_of(content) for name, content in contents.items()}
    )


def parse_manifest(content: bytes, path: Path) -> Manifest:
    """Read a manifest.

    Raises:
        PublicationError: it is damaged; the message names `path`.
    """
    try:
        values = json.loads(content)
        sha256, edition, corrects = (values.pop(name) for name in ("sha256", "edition", "corrects"))
        if any(PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts for name in sha256):
            raise ValueError("a path outside the edition")
        return Manifest(edition, corrects, Facts(**values), dict(sha256))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PublicationError(
            f"{path} is damaged: {type(error).__name__}; see `xypipeline verify`."
        ) from error


def find_file_problems(folder: Path, manifest: Manifest, within: str = "") -> list[str]:
    """What in a folder is not as its manifest says: the name of each file that is changed or gone.

    Args:
        folder: where the files lie.
        manifest: what they should be.
        within: only files whose path begins like this.
    """
    problems = []
    for name, expected in manifest.sha256.items():
        path = folder / name
        if not name.startswith(within):
            continue
        if not path.is_file():
            problems.append(f"{name}：缺失")
        elif (found := sha256_of(path.read_bytes())) != expected:
            problems.append(f"{name}：内容已变（清单 {expected[:12]}，现为 {found[:12]}）")
    return problems


def find_unlisted_files(folder: Path, manifest: Manifest) -> list[str]:
    """Files in an edition's folder that its manifest does not name."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return [f"{name}：不在清单内" for name in sorted(found - manifest.sha256.keys() - {MANIFEST})]
