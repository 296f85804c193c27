"""Rows of the raw stage as tests write them down: the fields that matter, all else empty."""

from datetime import date

import polars as pl

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Table
from xypipeline.standard.schemas import raw_columns
from xypipeline.stored.rows import conformed_rows, stored_rows

UPLOAD_DATE = date(2023, 4, 10)
HOSPITAL = "411500001"
_POLARS_TYPES = {"varchar": pl.String(), "date": pl.Date(), "bigint": pl.Int64()}


def table_named(code: str) -> Table:
    return current_catalogue().tables[code]


def raw_rows(table_code: str, *rows: dict) -> pl.DataFrame:
    """Rows of one file of one hospital, on lines 2, 3, ...; a row may give lineage columns of its own."""
    types = {name: _POLARS_TYPES[type_] for name, type_ in raw_columns(table_named(table_code)).items()}
    lineage = {
        "upload_date": UPLOAD_DATE,
        "org_code": HOSPITAL,
        "path": f"{UPLOAD_DATE}/{HOSPITAL}/{table_code}.csv",
        "declared_org_code": HOSPITAL,
    }
    filled = [lineage | {"line": line} | row for line, row in enumerate(rows, start=2)]
    return pl.DataFrame([dict.fromkeys(types) | row for row in filled], schema=types)


def conformed(table_code: str, *rows: dict) -> pl.DataFrame:
    """The rows as the rules look at them."""
    table = table_named(table_code)
    return conformed_rows(stored_rows(raw_rows(table_code, *rows), table), table)


TRANSFER = {
    "record_id": "TR0001",
    "visit_id": "V0001",
    "patient_id": "P0001",
    "transfer_type_code": "1",
    "transfer_time": "2023-04-09 10:00:00",
    "from_dept_code": "D01",
    "to_dept_code": "D02",
    "transfer_purpose": "进一步治疗",
    "diag_code": "I10",
    "diag_name": "高血压",
    "doctor_id": "S01",
    "doctor_name": "张三丰",
    "sign_time": "2023-04-09 11:00:00",
    "modify_flag": "1",
    "collect_time": "2023-04-10 01:00:00",
    "update_time": "2023-04-10 01:30:00",
}
"""A row of transfer_record that breaks no rule."""
