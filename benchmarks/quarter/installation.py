"""An installation of its own for each scale: uploads made once and kept, everything else made anew."""

import gzip
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from quarter.processes import run

PERIOD = "2023Q2"
PROGRAM = str(Path(sys.executable).with_name("xypipeline"))


@dataclass(frozen=True)
class Installation:
    """Where the uploads of one scale and what is made of them lie."""

    scale: float
    folder: Path

    @property
    def landing(self) -> Path:
        """The uploads."""
        return self.folder / "landing"

    @property
    def warehouse(self) -> Path:
        """The warehouse of the last run."""
        return self.folder / "warehouse.duckdb"

    @property
    def environment(self) -> Mapping[str, str]:
        """That of every process that works on it."""
        return {
            **os.environ,
            "XY_DATA_DIR": str(self.folder),
            "XY_LANDING_DIR": str(self.landing),
            "DAGSTER_HOME": str(self.folder / "state"),
        }

    def simulate(self) -> None:
        """Make the uploads, unless they are there."""
        if not self.landing.is_dir():
            run([PROGRAM, "simulate", PERIOD, "--scale", f"{self.scale:g}"], self.environment)

    def clear(self) -> None:
        """Leave the uploads only."""
        for path in self.folder.iterdir():
            if path != self.landing:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    @contextmanager
    def without(self, day: str) -> Iterator[None]:
        """Keep the uploads of a day aside."""
        uploads, aside = self.landing / day, self.folder / f"aside-{day}"
        uploads.rename(aside)
        try:
            yield
        finally:
            aside.rename(uploads)

    @cached_property
    def files(self) -> list[Path]:
        """Every upload."""
        return [path for path in self.landing.rglob("*") if path.is_file()]

    def bytes_gzipped(self) -> int:
        """The size of the uploads if each were gzipped, from one file in ten."""
        sample = sorted(self.files, key=lambda path: (path.stat().st_size, path))[::10]
        share = sum(len(gzip.compress(path.read_bytes(), 6)) for path in sample)
        return round(share * self.bytes / sum(path.stat().st_size for path in sample))

    @cached_property
    def bytes(self) -> int:
        """The size of the uploads."""
        return sum(path.stat().st_size for path in self.files)
