"""A city of four hospitals: one uploads, one uploads nothing, one is the province's, one is unconnected."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.periods import Quarter
from xypipeline.publication.standing import HospitalStanding
from xypipeline.registry.model import Validity
from xypipeline.warehouse import connect_in_memory

QUARTER = Quarter(2023, 2)
SINCE = Validity(date(2023, 1, 1), None)

UPLOADING = HospitalStanding(
    period="2023Q2",
    as_of=date(2023, 6, 30),
    standard_version="2023.1",
    policy_version="2023.1",
    registry_version="9.9",
    seq=1,
    district="市直",
    org_code="A1",
    hospital="甲医院",
    platform="city",
    tables_required=51,
    tables_applicable=51,
    tables_uploaded=31,
    rows_uploaded=1000,
    upload_days=88,
    expected_days=91,
    interruption_days=3,
    last_upload_date=date(2023, 6, 29),
    rows_accepted=1600,
    rows_qualified=1599,
    tier=1,
    is_severely_missing=False,
    is_good_continuity=True,
    score=Decimal("32.156862745098039"),
    rank=1,
    remark=None,
)
SILENT = replace(
    UPLOADING,
    seq=2,
    org_code="B2",
    hospital="乙医院",
    tables_uploaded=0,
    rows_uploaded=0,
    upload_days=0,
    interruption_days=None,
    last_upload_date=None,
    rows_accepted=0,
    rows_qualified=0,
    tier=4,
    is_good_continuity=None,
    score=Decimal(10),
    rank=2,
    remark="未上传数据",
)
PROVINCE = replace(
    SILENT,
    seq=3,
    district="新县",
    org_code="C3",
    hospital="丙医院",
    platform="province",
    expected_days=0,
    tier=None,
    is_severely_missing=None,
    score=None,
    rank=None,
    remark="已联通省全民健康信息平台",
)
UNCONNECTED = replace(
    PROVINCE,
    seq=4,
    org_code="D4",
    hospital="丁医院",
    platform=None,
    score=Decimal(0),
    rank=3,
    remark="未联通",
)
CITY = (UPLOADING, SILENT, PROVINCE, UNCONNECTED)


def warehouse_of(standings: tuple[HospitalStanding, ...]) -> DuckDBPyConnection:
    """The standings as the scores would leave them, and the ledger of the hospital that uploads."""
    connection = connect_in_memory()
    standing = pl.DataFrame([asdict(one) for one in standings], schema_overrides={"rank": pl.Int32})
    ledger = _ledger()
    connection.register("standing_frame", standing)
    connection.register("ledger_frame", ledger)
    connection.execute("create table scores.standing as select * from standing_frame")
    connection.execute("create table scores.ledger as select * from ledger_frame")
    return connection


def _ledger() -> pl.DataFrame:
    """88 upload days and 31 tables of the hospital that uploads, and a day after the quarter."""
    first, last = date(2023, 4, 1), date(2023, 6, 29)
    days = [first + timedelta(days=offset) for offset in range(3, (last - first).days)]
    tables = [f"table_{number}" for number in range(1, 31)]
    return pl.DataFrame(
        [
            ("table_0", first, 870, 870, 870),
            *((table, first, 1, 1, 1) for table in tables),
            *(("table_0", day, 1, 1, 0) for day in days),
            ("table_0", last, 700 - len(days), 699 - len(days), 100),
            ("table_31", date(2023, 7, 1), 50, 50, 50),
        ],
        schema=["table_code", "upload_date", "rows_accepted", "rows_qualified", "records_new"],
        orient="row",
    ).select(pl.lit("A1").alias("org_code"), pl.all(), pl.col("rows_accepted").alias("rows_received"))
