"""The tables of the daily patrol as Pandera models; all are kept day by day and replaced together."""

import pandera.polars as pa
import polars as pl


class _Patrolled(pa.DataFrameModel):
    patrol_date: pl.Date
    org_code: str

    class Config:
        strict = True
        ordered = True
        coerce = True


class PatrolCalendar(_Patrolled):
    """`scores.patrol_calendar`: one row per patrolled day and hospital registered on it."""

    platform: str = pa.Field(isin=["city", "province"], nullable=True)
    is_expected: pl.Boolean

    class Config:
        """What identifies a row."""

        unique = ["patrol_date", "org_code"]


class PatrolHospital(_Patrolled):
    """`scores.patrol_hospital`: one row per patrolled day and hospital registered on it.

    `days_since_last_upload` is the freshness figure: calendar days, null for one that never uploaded.
    """

    state: str = pa.Field(
        isin=["uploaded", "silent", "never_uploaded", "not_expected", "province", "unconnected"]
    )
    last_upload_date: pl.Date = pa.Field(nullable=True)
    days_since_last_upload: pl.Int32 = pa.Field(ge=0, nullable=True)
    silence: str = pa.Field(isin=["platform", "hospital"], nullable=True)
    """Null unless the state is silent."""
    silent_since: pl.Date = pa.Field(nullable=True)
    """The first expected day that was missed; null unless the state is silent."""
    silent_days: pl.Int32 = pa.Field(ge=1, nullable=True)
    """Expected days missed so far; null unless the state is silent."""
    returned_after_days: pl.Int32 = pa.Field(ge=1, nullable=True)
    """Expected days missed until this day's upload ended the silence."""
    is_first_upload: pl.Boolean

    class Config:
        """What identifies a row."""

        unique = ["patrol_date", "org_code"]


class PatrolTable(_Patrolled):
    """`scores.patrol_table`: one row per patrolled day, hospital and table that is silent or came back.

    Days count only if the hospital uploaded something on them: either silent_since and silent_days are set,
    or returned_after_days.
    """

    table_code: str
    last_delivery_date: pl.Date
    silent_since: pl.Date = pa.Field(nullable=True)
    silent_days: pl.Int32 = pa.Field(ge=1, nullable=True)
    returned_after_days: pl.Int32 = pa.Field(ge=1, nullable=True)

    class Config:
        """What identifies a row."""

        unique = ["patrol_date", "org_code", "table_code"]


class PatrolDelay(_Patrolled):
    """`scores.patrol_delay`: one row per patrolled day, hospital and table that it delivered late."""

    table_code: str
    newest_event_date: pl.Date
    delay_days: pl.Int32 = pa.Field(ge=1)

    class Config:
        """What identifies a row."""

        unique = ["patrol_date", "org_code", "table_code"]
