"""One installation of xypipeline in a folder of its own, used through its command line as people do."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

PROGRAM = Path(sys.executable).with_name("xypipeline")


@dataclass(frozen=True)
class Installation:
    data_dir: Path

    @property
    def landing_dir(self) -> Path:
        return self.data_dir / "landing"

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("XY_")}
        environment["XY_DATA_DIR"] = str(self.data_dir)
        return subprocess.run(
            [PROGRAM, *arguments], env=environment, capture_output=True, text=True, check=False
        )

    def must(self, *arguments: str) -> str:
        done = self.call(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def attachment_bytes(self, period: str) -> bytes:
        return (self.data_dir / "publication" / period / "attachment.json").read_bytes()

    def attachment(self, period: str) -> dict:
        return json.loads(self.attachment_bytes(period))

    def query(self, sql: str) -> pl.DataFrame:
        with duckdb.connect(str(self.data_dir / "warehouse.duckdb"), read_only=True) as connection:
            return connection.sql(sql).pl()
