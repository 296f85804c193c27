"""Where things lie: the only module that reads the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Folders of one installation, all absolute.

    Everything that is written goes below `data_dir`; `landing_dir` is only read.
    """

    data_dir: Path
    landing_dir: Path

    @property
    def warehouse_path(self) -> Path:
        """The DuckDB file that holds all five stages."""
        return self.data_dir / "warehouse.duckdb"

    @property
    def publication_dir(self) -> Path:
        """One folder per published period."""
        return self.data_dir / "publication"

    @property
    def state_dir(self) -> Path:
        """Dagster's runs, events and logs."""
        return self.data_dir / "state"

    @property
    def expected_findings_path(self) -> Path:
        """The simulator's ground truth: every fault it wrote, with rule, file and line."""
        return self.data_dir / "expected-findings.parquet"


def load_settings() -> Settings:
    """Read `XY_DATA_DIR` (default `data/` in the project) and `XY_LANDING_DIR` (default `landing/` in it)."""
    data_dir = Path(os.environ.get("XY_DATA_DIR") or PROJECT_ROOT / "data").expanduser().resolve()
    landing_dir = Path(os.environ.get("XY_LANDING_DIR") or data_dir / "landing").expanduser().resolve()
    return Settings(data_dir=data_dir, landing_dir=landing_dir)
