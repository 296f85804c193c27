"""Writes one simulated hospital's uploads, table by table and day by day, and keeps count."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.simulator.content import make_rows, prepare_hospital
from xypipeline.simulator.delivery import Delivery, ExpectedFinding, write_out
from xypipeline.simulator.dialect import Dialect, choose_dialect
from xypipeline.simulator.fault_rows import FaultSower
from xypipeline.simulator.faults import faults_of
from xypipeline.simulator.file_content import DATETIME_FORMAT
from xypipeline.simulator.landing_folder import LandingFolder
from xypipeline.simulator.plan import HospitalPlan, days_of_resending
from xypipeline.standard.model import Catalogue, Table

_PLAIN = Dialect()


@dataclass
class Tally:
    """What was written so far."""

    files: int = 0
    bytes: int = 0
    records: int = 0
    rows: int = 0
    findings: list[ExpectedFinding] = field(default_factory=list)


@dataclass(frozen=True)
class UploadWriter:
    """Writes hospitals' uploads to one landing folder, with faults and mess as asked."""

    connection: DuckDBPyConnection
    folder: LandingFolder
    catalogue: Catalogue
    fault_rate: float
    is_messy: bool
    tally: Tally = field(default_factory=Tally)

    def write_hospital(self, plan: HospitalPlan) -> Iterator[None]:
        """Write all uploads of one hospital, pausing after each piece."""
        prepare_hospital(self.connection, plan)
        resending = days_of_resending(plan)
        for code in plan.tables:
            table = self.catalogue.tables[code]
            sower = self._sower(plan, table) if self.fault_rate else None
            for frame in make_rows(self.connection, plan, table):
                self.tally.records += frame.height
                self._write_frame(plan, table, frame, sower)
                self._send_again(plan, table, frame, resending.get(code, ()))
                yield

    def _sower(self, plan: HospitalPlan, table: Table) -> FaultSower:
        faults = faults_of(table, self.catalogue)
        rows = plan.counts[table.code]
        return FaultSower(self.connection, table, faults, rows=rows, rate=self.fault_rate)

    def _write_frame(
        self, plan: HospitalPlan, table: Table, frame: pl.DataFrame, sower: FaultSower | None
    ) -> None:
        mixed_days = set()
        for mixed in sower.sow(frame) if sower else ():
            mixed_days.add(mixed.day_no)
            day = plan.upload_days[mixed.day_no]
            self._write(
                plan, Delivery(day, plan.replay.org_code, table, mixed.rows, mixed.breaches, mixed.ragged)
            )
        good = frame.filter(~pl.col("day_no").is_in(mixed_days)) if mixed_days else frame
        for (day_no,), rows in good.partition_by("day_no", as_dict=True, include_key=False).items():
            self._write_good(plan, table, plan.upload_days[day_no], rows)

    def _send_again(
        self, plan: HospitalPlan, table: Table, frame: pl.DataFrame, days: tuple[int, ...]
    ) -> None:
        for day in days:
            self._write_good(plan, table, plan.upload_days[day], frame.drop("day_no"))

    def _write_good(self, plan: HospitalPlan, table: Table, day: date, rows: pl.DataFrame) -> None:
        if self.is_messy:
            self._write(plan, Delivery(day, plan.replay.org_code, table, rows, {}, {}))
            return
        path = f"{day}/{plan.replay.org_code}/{table.code}.csv"
        rows.write_csv(self.folder.place(path), datetime_format=DATETIME_FORMAT)
        self.tally.files += 1
        self.tally.bytes += self.folder.settle(path)
        self.tally.rows += rows.height

    def _write(self, plan: HospitalPlan, delivery: Delivery) -> None:
        dialect = _PLAIN
        if self.is_messy:
            dialect = choose_dialect(
                plan.seed,
                delivery.table.code,
                delivery.upload_date,
                delivery.rows.height,
                needs_lines=bool(delivery.ragged),
            )
        files, findings = write_out(delivery, dialect)
        for file in files:
            self.folder.write(file.path, file.content)
        self.tally.files += len(files)
        self.tally.bytes += sum(len(file.content) for file in files)
        self.tally.rows += delivery.rows.height
        self.tally.findings += findings
