"""What one edition's figures are and rest on: of the warehouse as it is now, or of an edition as frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.publication.editions.basis import Basis
from xypipeline.publication.editions.cells import Cell, read_cells
from xypipeline.publication.editions.evidence import (
    CELLS,
    FOLDER,
    INPUTS,
    POLICY_DIR,
    gather_evidence,
    read_frozen,
)
from xypipeline.publication.editions.fingerprints import code_version, sha256_of
from xypipeline.publication.editions.manifest import Facts
from xypipeline.publication.editions.period_folder import Edition
from xypipeline.publication.figures import QuarterFigures


@dataclass(frozen=True)
class Snapshot:
    """Facts and evidence, without the documents."""

    facts: Facts
    evidence: Mapping[str, bytes]

    @cached_property
    def cells(self) -> dict[tuple[str, str], Cell]:
        """Each published cell by org_code and column, in the order of publication."""
        return {cell.place: cell for cell in read_cells(self.evidence[CELLS])}

    @property
    def policy_text(self) -> str:
        """The policy's file."""
        name = next(name for name in self.evidence if name.startswith(f"{POLICY_DIR}/"))
        return self.evidence[name].decode()

    def table(self, name: str) -> pl.DataFrame:
        """A frozen table, every value as text."""
        return read_frozen(self.evidence[name])


def take_snapshot(connection: DuckDBPyConnection, figures: QuarterFigures, basis: Basis) -> Snapshot:
    """What the warehouse says of a scored quarter now.

    Raises:
        PublicationError: the warehouse lacks a table that is to be frozen.
    """
    evidence = gather_evidence(connection, figures, basis)
    facts = Facts(
        period=str(figures.quarter),
        as_of=figures.as_of.isoformat(),
        inputs=_describe_inputs(evidence[INPUTS]),
        code=code_version(),
        **basis.describe(),
    )
    return Snapshot(facts, evidence)


def read_snapshot(edition: Edition) -> Snapshot:
    """What an edition says, as it was frozen.

    Raises:
        PublicationError: its evidence is not whole.
    """
    return Snapshot(edition.manifest.facts, edition.read_contents(within=f"{FOLDER}/"))


def _describe_inputs(content: bytes) -> dict[str, object]:
    files = read_frozen(content)
    size = files["bytes"].cast(pl.Int64).sum()
    return {"path": INPUTS, "sha256": sha256_of(content), "files": files.height, "bytes": size}
