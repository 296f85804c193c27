"""Makes up the rows of one simulated hospital, table by table, from its plan and the recipes."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection
from stdnum.cn import uscc

from xypipeline.simulator.plan import HospitalPlan
from xypipeline.simulator.recipes import PLACE_COLUMNS, content_query, load_recipes
from xypipeline.simulator.streams import Stream, rows_by_day
from xypipeline.standard.model import Table
from xypipeline.warehouse import connect_in_memory, quoted

WORDS_DIR = Path(__file__).parent / "words"
_SQL = files("xypipeline.simulator") / "sql"
_WORDS_ONLY_READ_BY_PYTHON = {"hospital_kind"}
MEMORY_LIMIT = "1500MB"
ROWS_AT_ONCE = 300_000

# Sizes that recipes reckon with: the table they count, and what stands in where it is not uploaded.
_SIZES = {
    "department_count": ("department", 12),
    "staff_count": ("staff", 40),
    "drug_count": ("drug_catalog", 60),
    "charge_item_count": ("charge_item", 80),
    "patient_count": ("patient_info", 0),
    "registration_count": ("outpatient_registration", 0),
    "observation_count": ("emergency_observation", 0),
    "visit_count": ("outpatient_visit", 0),
    "admission_count": ("inpatient_admission", 0),
    "discharge_count": ("inpatient_discharge", 0),
    "death_count": ("death_record", 0),
    "delivery_count": ("delivery_record", 0),
}
_BILLED = {"inpatient_settlement", "front_page", "tcm_front_page"}
_SUMMARY = "daily_business_summary"
_FRONT_PAGE_OPERATION = "front_page_operation"
_PATIENT, _CHARGE = "patient_info", "outpatient_charge"


def open_workshop() -> DuckDBPyConnection:
    """An in-memory database with the macros, the word lists and what does not depend on the hospital."""
    connection = connect_in_memory()
    connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
    connection.execute((_SQL / "macros.sql").read_text(encoding="utf-8"))
    for path in sorted(WORDS_DIR.glob("*.csv")):
        if path.stem not in _WORDS_ONLY_READ_BY_PYTHON:
            words = pl.read_csv(path, infer_schema=False).with_row_index("no").cast({"no": pl.Int64})
            _create(connection, f"word_{path.stem}", words)
    for name in ("given_name", "lab_panel", "lab_item", "health_item", "diagnosis_choice", "diagnosis_group"):
        _create_from_file(connection, name)
    return connection


def prepare_hospital(connection: DuckDBPyConnection, plan: HospitalPlan) -> None:
    """Lay out what several tables share: slots, staff, dictionaries, patients, encounters and bills."""
    _create(connection, "hospital", _hospital(plan))
    _create(connection, "slot", _slots(plan))
    connection.execute((_SQL / "skeleton.sql").read_text(encoding="utf-8"))
    for name in ("stream_size", "department"):
        _create_from_file(connection, name)
    connection.execute((_SQL / "variables.sql").read_text(encoding="utf-8"))
    shared = ["staff", "drug", "charge_item"]
    if _PATIENT in plan.tables:
        shared += ["patient", "encounter"]
    if {_CHARGE, _SUMMARY} & set(plan.tables):
        shared.append("outpatient_bill")
    if _FRONT_PAGE_OPERATION in plan.tables:
        shared.append("stay_operation")
    if _BILLED & set(plan.tables):
        shared.append("inpatient_bill")
    if _SUMMARY in plan.tables:
        shared.append("daily_figures")
    for name in shared:
        _create_from_file(connection, name)


def make_rows(
    connection: DuckDBPyConnection, plan: HospitalPlan, table: Table, *, rows_at_once: int = ROWS_AT_ONCE
) -> Iterator[pl.DataFrame]:
    """The table's rows in frames of whole upload days: day_no, then its fields, in order of the day.

    A frame has at most `rows_at_once` rows, unless a single day has more.
    """
    query = content_query(load_recipes(), table)
    for first_day, last_day in _spans(plan, table, rows_at_once):
        parameters = {"table_code": table.code, "first_day": first_day, "last_day": last_day}
        frame = connection.sql(query, params=parameters).pl()
        yield frame.sort(PLACE_COLUMNS).drop(PLACE_COLUMNS[1:])


def _spans(plan: HospitalPlan, table: Table, rows_at_once: int) -> Iterator[tuple[int, int]]:
    streams = [rows_by_day(stream) for stream in plan.streams if stream.table_code == table.code]
    first, so_far = 0, 0
    for day, rows in enumerate(map(sum, zip(*streams, strict=True))):
        if so_far and so_far + rows > rows_at_once:
            yield first, day - 1
            first, so_far = day, 0
        so_far += rows
    yield first, len(plan.upload_days) - 1


def _hospital(plan: HospitalPlan) -> pl.DataFrame:
    code = plan.replay.org_code
    credit_body = f"12{code[:6]}{code}"
    described = {
        "org_code": code,
        "name": plan.replay.name,
        "kind": plan.kind.kind,
        "org_type_code": plan.kind.org_type_code,
        "business_scope": plan.kind.business_scope,
        "credit_code": credit_body + uscc.calc_check_digit(credit_body),
        "seed": plan.seed,
        "quarter_first": plan.quarter_first,
    }
    return pl.DataFrame(described | _sizes(plan))


def _sizes(plan: HospitalPlan) -> dict[str, int]:
    sizes = {name: plan.counts.get(code, usual) for name, (code, usual) in _SIZES.items()}
    staff = sizes["staff_count"]
    doctors, nurses = max(1, staff // 2), max(1, staff * 3 // 10)
    technicians = max(1, staff - doctors - nurses)
    return sizes | {
        "staff_count": max(staff, doctors + nurses + technicians),
        "doctor_count": doctors,
        "nurse_count": nurses,
        "technician_count": technicians,
    }


def _slots(plan: HospitalPlan) -> pl.DataFrame:
    depths = _encounter_depths(plan.streams)
    rows = [
        (
            plan.seed,
            stream.table_code,
            stream.encounter,
            stream.parent,
            depths.get(stream.table_code),
            stream.rows,
            stream.parent_rows,
            stream.rows_per_event,
            day_no,
            upload_date,
            stream.starts[day_no],
            stream.starts[day_no + 1],
            *(stream.windows[day_no] if stream.windows else (None, None)),
        )
        for stream in plan.streams
        for day_no, upload_date in enumerate(plan.upload_days)
    ]
    return pl.DataFrame(rows, schema=_SLOT_TYPES, orient="row")


_SLOT_TYPES = {
    "hospital_seed": pl.Int64,
    "table_code": pl.String,
    "encounter": pl.String,
    "parent_table": pl.String,
    "depth": pl.Int64,
    "rows": pl.Int64,
    "parent_rows": pl.Int64,
    "rows_per_event": pl.Int64,
    "day_no": pl.Int64,
    "upload_date": pl.Date,
    "first_row": pl.Int64,
    "next_row": pl.Int64,
    "window_first": pl.Int64,
    "window_next": pl.Int64,
}


def _encounter_depths(streams: tuple[Stream, ...]) -> dict[str, int]:
    """How many steps of parenthood lead from a table to its visit or stay; missing where there is none."""
    depths = {"outpatient_visit": 0, "inpatient_admission": 0}
    for stream in streams:
        if stream.table_code not in depths and stream.parent in depths:
            depths[stream.table_code] = depths[stream.parent] + 1
    return depths


def _create(connection: DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    connection.execute(f"create or replace table {quoted(name)} as select * from frame")


def _create_from_file(connection: DuckDBPyConnection, name: str) -> None:
    query = (_SQL / f"{name}.sql").read_text(encoding="utf-8")
    connection.execute(f"create or replace table {quoted(name)} as {query}")
