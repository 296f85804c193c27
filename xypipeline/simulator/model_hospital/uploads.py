"""The uploads of one model hospital as tables that faults can change, and then as files."""

from collections.abc import Iterator
from importlib.resources import files

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.errors import SimulationError
from xypipeline.simulator.content import make_rows, prepare_hospital
from xypipeline.simulator.delivery import ExpectedFinding
from xypipeline.simulator.file_content import DATETIME_FORMAT
from xypipeline.simulator.landing_folder import LandingFolder
from xypipeline.simulator.model_hospital.faults import Clue, ModelHospital
from xypipeline.simulator.plan import HospitalPlan, days_of_resending
from xypipeline.standard.model import Catalogue, Table
from xypipeline.standard.schemas import validated_columns
from xypipeline.warehouse import quoted

_SQL = files("xypipeline.simulator.model_hospital")


def lay_out(connection: DuckDBPyConnection, plan: HospitalPlan, catalogue: Catalogue) -> None:
    """Make a table of the schema `upload` for each table that can be delivered: upload_date and its fields.

    Dictionaries are there once for each day on which they are sent; control tables are empty.
    """
    connection.execute("set search_path = 'main'")
    prepare_hospital(connection, plan)
    connection.execute((_SQL / "schema.sql").read_text(encoding="utf-8"))
    resending = days_of_resending(plan)
    for table in catalogue.tables.values():
        rows = pl.concat(make_rows(connection, plan, table))
        again = [rows.with_columns(day_no=pl.lit(day, pl.Int64)) for day in resending.get(table.code, ())]
        _store(connection, plan, table, pl.concat([rows, *again]))
    for table in catalogue.control_tables.values():
        columns = ", ".join(f"{quoted(name)} {type_}" for name, type_ in validated_columns(table).items())
        connection.execute(f"create table upload.{quoted(table.code)} ({columns})")
    connection.execute("set search_path = 'upload,main'")


def _store(connection: DuckDBPyConnection, plan: HospitalPlan, table: Table, rows: pl.DataFrame) -> None:
    days = pl.DataFrame({"upload_date": plan.upload_days}).with_row_index("day_no").cast({"day_no": pl.Int64})
    sent = rows.join(days, on="day_no", how="left").drop("day_no")  # noqa: F841 - read by name
    connection.execute(f"create table upload.{quoted(table.code)} as select * from sent")


def make_faults(
    connection: DuckDBPyConnection, hospital: ModelHospital, catalogue: Catalogue
) -> list[ExpectedFinding]:
    """Change the uploads that were laid out; what must be found in them, as it will lie in the files.

    Raises:
        SimulationError: a fault finds no row to change.
    """
    for statement in (*hospital.setup, *(change for fault in hospital.faults for change in fault.changes)):
        connection.execute(statement)
    findings = []
    for fault in hospital.faults:
        for clue in fault.clues:
            found = list(_findings(connection, hospital, clue, catalogue))
            if not found:
                raise SimulationError(f"The fault of {fault.rule_id} changes nothing: {clue.where}.")
            findings += found
    return findings


def _findings(
    connection: DuckDBPyConnection, hospital: ModelHospital, clue: Clue, catalogue: Catalogue
) -> Iterator[ExpectedFinding]:
    if clue.where is None:
        query = f"select {clue.day}, null, null"
    elif clue.is_for_each_day:
        query = f"select distinct upload_date, null, null from {quoted(clue.of_table)} where {clue.where}"
    else:
        lines = f"({_lines(catalogue.deliverable[clue.of_table])}) as {quoted(clue.of_table)}"
        query = f"select {clue.day}, upload_date, line from {lines} where {clue.where}"
    for day, sent_on, line in connection.execute(query).fetchall():
        path = f"{sent_on}/{hospital.org_code}/{clue.of_table}.csv" if sent_on else None
        yield ExpectedFinding(
            day, hospital.org_code, clue.table_code, path, line, clue.column_name, clue.rule_id, clue.severity
        )


def _lines(table: Table) -> str:
    order = ", ".join(quoted(code) for code in (*table.primary_key, "update_time") if _has(table, code))
    return (
        f"select *, row_number() over (partition by upload_date order by {order}) + 1 as line "
        f"from upload.{quoted(table.code)}"
    )


def _has(table: Table, code: str) -> bool:
    return any(field.code == code for field in table.fields)


def write_uploads(
    connection: DuckDBPyConnection, hospital: ModelHospital, catalogue: Catalogue, folder: LandingFolder
) -> Iterator[tuple[int, int]]:
    """Write every delivery as a plain CSV file; gives each file's bytes and rows."""
    for table in catalogue.deliverable.values():
        columns = ", ".join(quoted(field.code) for field in table.fields)
        rows = connection.sql(
            f"select upload_date, {columns} from ({_lines(table)}) order by upload_date, line"
        )
        for (day,), sent in rows.pl().partition_by("upload_date", as_dict=True, include_key=False).items():
            path = f"{day}/{hospital.org_code}/{table.code}.csv"
            sent.write_csv(folder.place(path), datetime_format=DATETIME_FORMAT)
            yield folder.settle(path), sent.height
