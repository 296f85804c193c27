"""What a quarter's figures are computed with: standard, policy and register, and the files of these."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xypipeline.errors import PublicationError
from xypipeline.policy.policy import POLICY_DIR, Policy, load_policy
from xypipeline.publication.editions.fingerprints import sha256_of, sha256_of_files
from xypipeline.registry.institutions import REGISTRY_DIR, load_registry
from xypipeline.registry.model import Registry
from xypipeline.standard.catalogue import VERSIONS_DIR, current_catalogue
from xypipeline.standard.model import Catalogue
from xypipeline.standard.source_lines import INTAKE_RULES

APPLICABILITY = "applicability.csv"
REGISTRY_FILES = ("registry.toml", "institutions.csv", "connections.csv", "exemptions.csv", APPLICABILITY)


@dataclass(frozen=True)
class Basis:
    """Standard, policy and register; the files of the last two, which are frozen with each edition."""

    catalogue: Catalogue
    policy: Policy
    registry: Registry
    policy_file: bytes
    registry_files: Mapping[str, bytes]
    """Content by name, of `REGISTRY_FILES`."""

    def describe(self) -> dict[str, dict[str, str]]:
        """Version and fingerprint of each, as manifests name them."""
        standard = _files_of_standard(self.catalogue.version)
        return {
            "standard": {"version": self.catalogue.version, "sha256": sha256_of_files(standard)},
            "policy": {"version": self.policy.version, "sha256": sha256_of(self.policy_file)},
            "registry": {"version": self.registry.version, "sha256": sha256_of_files(self._registry_said)},
        }

    @property
    def _registry_said(self) -> Mapping[str, bytes]:
        # Editions from before there was this file are not to differ from one in which nothing stands in it.
        if self.registry.inapplicabilities:
            return self.registry_files
        return {name: content for name, content in self.registry_files.items() if name != APPLICABILITY}


def load_basis(
    year: int,
    *,
    catalogue: Catalogue | None = None,
    policy_dir: Path = POLICY_DIR,
    registry_dir: Path = REGISTRY_DIR,
) -> Basis:
    """Read what the figures of a year are computed with.

    Args:
        year: of the policy.
        catalogue: the standard; unless given, the one in force.
        policy_dir: a folder of `<year>.toml`.
        registry_dir: a folder of `REGISTRY_FILES`.

    Raises:
        PolicyError: no policy holds for the year, or it is malformed.
        RegistryError: the register is malformed, or names a table that the standard does not have.
    """
    policy, catalogue = load_policy(year, policy_dir), catalogue or current_catalogue()
    return Basis(
        catalogue=catalogue,
        policy=policy,
        registry=load_registry(registry_dir, catalogue.tables),
        policy_file=(policy_dir / f"{policy.year}.toml").read_bytes(),
        registry_files={name: (registry_dir / name).read_bytes() for name in REGISTRY_FILES},
    )


def find_standard(version: str) -> Path:
    """The folder of a version of the standard.

    Raises:
        PublicationError: this program does not have that version.
    """
    for folder in sorted(VERSIONS_DIR.iterdir()):
        head = folder / "standard.toml"
        if head.is_file() and tomllib.loads(head.read_text(encoding="utf-8"))["version"] == version:
            return folder
    raise PublicationError(f"This program has no version {version} of the standard; use one that has.")


def _files_of_standard(version: str) -> dict[str, bytes]:
    folder = find_standard(version)
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in {**files, INTAKE_RULES.name: INTAKE_RULES}.items()}
