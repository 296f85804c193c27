"""SQL that reads the file as a DuckDB user would, text into values, and finds breaches; see `in_polars`."""

from collections.abc import Callable
from pathlib import Path

from peers.checks import (
    AMOUNT_DIFFERENCE,
    CLOCK_TOLERANCE_MINUTES,
    COLLECT_LIMIT,
    EMPTY_TEXTS,
    JUDGED_UPDATE_TIME,
    LATEST_RECEIPT,
    TEXT_SUFFIX,
    UNTYPED_SUFFIX,
    Check,
    Column,
    Work,
)


def select_values(rows: Path, work: Work) -> str:
    """Lineage, each column's values, texts and untyped texts where it is typed, and what is reckoned."""
    typed = [column.code for column in work.columns if column.type != "string"]
    columns = [
        "upload_date::date as upload_date, org_code, path, line::bigint as line",
        *(column.code for column in work.columns if column.type == "string"),
        *(f"{code} as {code}{TEXT_SUFFIX}" for code in typed),
        *(f"{_value(column)} as {column.code}" for column in work.columns if column.type != "string"),
    ]
    untyped = [
        f"case when {code} is null then {code}{TEXT_SUFFIX} end as {code}{UNTYPED_SUFFIX}" for code in typed
    ]
    return f"""
        select
            *, {", ".join(untyped)},
            upload_date + interval 1 day + interval {CLOCK_TOLERANCE_MINUTES} minute as {LATEST_RECEIPT},
            least(update_time, {LATEST_RECEIPT}) as {COLLECT_LIMIT},
            case when collect_time > {COLLECT_LIMIT} then null else update_time end as {JUDGED_UPDATE_TIME},
            round(abs(amount - unit_price * quantity), 6) as {AMOUNT_DIFFERENCE}
        from (select {", ".join(columns)} from ({_select_texts(rows, work)}))"""


def _select_texts(rows: Path, work: Work) -> str:
    empty = _quoted(list(EMPTY_TEXTS))
    trimmed = [f"trim({column.code}) as {column.code}" for column in work.columns]
    meaningful = [
        f"case when {column.code} not in ({empty}) then {column.code} end as {column.code}"
        for column in work.columns
    ]
    return f"""
        select upload_date, org_code, path, line, {", ".join(meaningful)}
        from (
            select upload_date, org_code, path, line, {", ".join(trimmed)}
            from read_csv('{rows}', header = true, all_varchar = true, delim = ',', quote = '"')
        )"""


def _value(column: Column) -> str:
    shaped = f"case when regexp_full_match({column.code}, '{column.shape}') then {column.code} end"
    if column.type == "decimal":
        return f"try_cast({shaped} as double)"
    return f"try_cast({shaped} as timestamp)"


def breaks(check: Check) -> str:
    """The condition of a row that breaks the check; not of kind `unrepeated`, which no single row breaks."""
    column, limits = check.column, check.limits
    conditions: dict[str, Callable[[], str]] = {
        "required": lambda: f"{column} is null",
        "typed": lambda: f"{column} is not null",
        "longest": lambda: f"length({column}) > {limits['characters']}",
        "between": lambda: f"{column} not between {limits['least']} and {limits['most']}",
        "among": lambda: f"{column} not in ({_quoted(limits['codes'])})",
        "not_on": lambda: f"{column}::date in ({_quoted(limits['days'])})",
        "not_before": lambda: f"{column} < timestamp '{limits['day']}'",
        "at_most": lambda: f"{column} > {limits['most']}",
        "same": lambda: f"{column} != {limits['other']}",
        "not_after": lambda: f"{column} > {limits['other']}",
    }
    return conditions[check.kind]()


def _quoted(texts: list[str]) -> str:
    return ", ".join(f"'{text}'" for text in texts)
