"""Standard, policy and register as an edition froze them, read by the program as it is now."""

import json
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from xypipeline.policy.policy import POLICY_DIR
from xypipeline.publication.editions.basis import APPLICABILITY, Basis, find_standard, load_basis
from xypipeline.publication.editions.evidence import POLICY_DIR as FROZEN_POLICY_DIR
from xypipeline.publication.editions.evidence import REGISTRY_DIR as FROZEN_REGISTRY_DIR
from xypipeline.publication.editions.period_folder import Edition
from xypipeline.registry.institutions import REGISTRY_DIR
from xypipeline.standard.catalogue import load_catalogue


def frozen_basis(edition: Edition) -> Basis:
    """What an edition's figures were computed with.

    What the policy's file could not say at its time, and no frozen figure can depend on, is as in the
    program's own file of that year. A register that had no file of applicability excused nothing.

    Raises:
        PublicationError: this program lacks the version of the standard.
        PolicyError: the frozen policy is malformed.
        RegistryError: the frozen register is malformed.
    """
    facts = edition.manifest.facts
    with TemporaryDirectory() as folder:
        for frozen in (edition.folder / FROZEN_POLICY_DIR).glob("*.toml"):
            packaged = _read(POLICY_DIR / frozen.name) if (POLICY_DIR / frozen.name).exists() else {}
            Path(folder, frozen.name).write_text(_toml(complete(_read(frozen), packaged)), encoding="utf-8")
        return load_basis(
            facts.quarter.year,
            catalogue=load_catalogue(find_standard(facts.standard["version"])),
            policy_dir=Path(folder),
            registry_dir=_whole_register(edition.folder / FROZEN_REGISTRY_DIR, Path(folder, "registry")),
        )


def _whole_register(frozen: Path, copy: Path) -> Path:
    if (frozen / APPLICABILITY).exists():
        return frozen
    copy.mkdir()
    for path in frozen.iterdir():
        # Contents only: the frozen folder is read only, and the copy would be, too.
        (copy / path.name).write_bytes(path.read_bytes())
    header, *_ = (REGISTRY_DIR / APPLICABILITY).read_text(encoding="utf-8").splitlines(keepends=True)
    (copy / APPLICABILITY).write_text(header, encoding="utf-8")
    return copy


def complete(frozen: Mapping[str, object], packaged: Mapping[str, object]) -> dict[str, object]:
    """The keys that the program knows of, with the frozen value wherever there is one."""
    if not packaged:
        return dict(frozen)
    return {
        key: complete(frozen.get(key, {}), value) if isinstance(value, Mapping) else frozen.get(key, value)
        for key, value in packaged.items()
    }


def _read(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def _toml(values: Mapping[str, object]) -> str:
    # A policy's file is values, then tables of values.
    plain = {key: value for key, value in values.items() if not isinstance(value, Mapping)}
    lines = [f"{key} = {_plain(value)}" for key, value in plain.items()]
    for name, table in values.items():
        if isinstance(table, Mapping):
            lines.extend([f"[{name}]", _toml(table)])
    return "\n".join(lines)


def _plain(value: object) -> str:
    return str(value) if isinstance(value, Decimal) else json.dumps(value)
