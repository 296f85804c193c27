"""The tables of this stage as Pandera models: what a row is, and what must hold before it is stored."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData


class _Stored(pa.DataFrameModel):
    """A table of ours: exactly these columns, in this order; whole numbers are cast to the width named."""

    class Config:
        strict = True
        ordered = True
        coerce = True


class Ledger(_Stored):
    """`scores.ledger`: one row per hospital, table and upload date with a delivery."""

    org_code: str
    table_code: str
    upload_date: pl.Date
    rows_received: pl.Int64 = pa.Field(ge=0)
    """Rows found in the files that could be opened, also those that could not be parsed."""
    rows_accepted: pl.Int64 = pa.Field(ge=0)
    rows_qualified: pl.Int64 = pa.Field(ge=0)
    rows_fatal: pl.Int64 = pa.Field(ge=0)
    records_new: pl.Int64 = pa.Field(ge=0)
    """Records first accepted on this day, not revoked by the end of the days that were counted."""

    class Config:
        """What identifies a row."""

        unique = ["org_code", "table_code", "upload_date"]

    @pa.dataframe_check
    def parts_do_not_exceed_their_whole(cls, data: PolarsData) -> pl.LazyFrame:  # noqa: N805 (Pandera's form)
        """Qualified rows and new records are accepted rows; accepted and fatal rows were received."""
        return data.lazyframe.select(
            pl.max_horizontal("rows_qualified", "records_new").le(pl.col("rows_accepted"))
            & (pl.col("rows_accepted") + pl.col("rows_fatal")).le(pl.col("rows_received"))
        )


class Standing(_Stored):
    """`scores.standing`: one row per quarter and hospital registered on the cut-off day, by seq.

    The figures of continuity are null for a hospital that uploaded nothing, interruptions also for one that
    was never expected to. 合格率 is rows_qualified / rows_accepted, completeness tables_uploaded /
    tables_required, and over applicable tables tables_uploaded / tables_applicable.
    """

    period: str
    as_of: pl.Date
    standard_version: str
    policy_version: str
    registry_version: str
    seq: pl.Int32 = pa.Field(ge=1)
    district: str
    org_code: str
    hospital: str
    platform: str = pa.Field(isin=["city", "province"], nullable=True)
    tables_required: pl.Int32 = pa.Field(ge=1)
    tables_applicable: pl.Int32 = pa.Field(ge=0)
    """Of those required, less what the register excuses and of which no row came."""
    tables_uploaded: pl.Int32 = pa.Field(ge=0)
    rows_uploaded: pl.Int64 = pa.Field(ge=0)
    """Records, so re-sending adds none."""
    upload_days: pl.Int32 = pa.Field(ge=0)
    expected_days: pl.Int32 = pa.Field(ge=0)
    interruption_days: pl.Int32 = pa.Field(ge=0, nullable=True)
    longest_gap_days: pl.Int32 = pa.Field(ge=0, nullable=True)
    last_upload_date: pl.Date = pa.Field(nullable=True)
    days_since_last_upload: pl.Int32 = pa.Field(ge=0, nullable=True)
    rows_accepted: pl.Int64 = pa.Field(ge=0)
    rows_qualified: pl.Int64 = pa.Field(ge=0)
    tier: pl.Int32 = pa.Field(in_range={"min_value": 1, "max_value": 4}, nullable=True)
    """Null: not connected to the city platform."""
    is_severely_missing: pl.Boolean = pa.Field(nullable=True)
    """Null where the tier is."""
    is_good_continuity: pl.Boolean = pa.Field(nullable=True)
    """Null where interruption_days is."""
    score: pl.Decimal(20, 15) = pa.Field(ge=0, nullable=True)
    """Null: connected to the province platform, or no hospital uploaded anything."""
    rank: pl.Int32 = pa.Field(ge=1, nullable=True)
    """Null where the score is."""
    remark: str = pa.Field(nullable=True)

    class Config:
        """What identifies a row."""

        unique = ["period", "org_code"]

    @pa.dataframe_check
    def parts_do_not_exceed_their_whole(cls, data: PolarsData) -> pl.LazyFrame:  # noqa: N805 (Pandera's form)
        """No more tables than are required, no more records than accepted rows, and so on."""
        return data.lazyframe.select(
            pl.col("tables_uploaded").le(pl.col("tables_applicable"))
            & pl.col("tables_applicable").le(pl.col("tables_required"))
            & pl.col("rows_qualified").le(pl.col("rows_accepted"))
            & pl.col("rows_uploaded").le(pl.col("rows_accepted"))
            & pl.col("interruption_days").le(pl.col("expected_days")).fill_null(value=True)
            & pl.col("longest_gap_days").le(pl.col("interruption_days")).fill_null(value=True)
        )


class TableStanding(_Stored):
    """`scores.table_standing`: one row per quarter, registered hospital and required table."""

    period: str
    as_of: pl.Date
    org_code: str
    table_code: str
    is_applicable: pl.Boolean
    """False: the register excuses the hospital from it, and no row of it came."""
    rows_uploaded: pl.Int64 = pa.Field(ge=0)
    upload_days: pl.Int32 = pa.Field(ge=0)
    expected_days: pl.Int32 = pa.Field(ge=0)
    interruption_days: pl.Int32 = pa.Field(ge=0, nullable=True)
    longest_gap_days: pl.Int32 = pa.Field(ge=0, nullable=True)
    last_upload_date: pl.Date = pa.Field(nullable=True)
    days_since_last_upload: pl.Int32 = pa.Field(ge=0, nullable=True)
    rows_accepted: pl.Int64 = pa.Field(ge=0)
    rows_qualified: pl.Int64 = pa.Field(ge=0)

    class Config:
        """What identifies a row."""

        unique = ["period", "org_code", "table_code"]
