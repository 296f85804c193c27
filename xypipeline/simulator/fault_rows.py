"""Puts faulty rows among good ones, in a fixed number and at fixed places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.simulator.faults import Breach, Fault
from xypipeline.simulator.file_content import as_text
from xypipeline.standard.model import Table
from xypipeline.warehouse import quoted

# Good rows are updated at least a minute after they are collected, and versions lie a second apart.
MOST_VERSIONS = 59


@dataclass(frozen=True)
class MixedRows:
    """Good and faulty rows of one table and day, in the order of the file."""

    day_no: int
    rows: pl.DataFrame
    """The table's fields as text."""
    breaches: dict[int, tuple[Breach, ...]]
    """By row number from 0: what is wrong with the row."""
    ragged: dict[int, int]
    """By row number: cells too many (negative: too few)."""


class FaultSower:
    """Spreads the faults of one hospital's table evenly over its rows, each kind in turn."""

    def __init__(
        self, connection: DuckDBPyConnection, table: Table, faults: Sequence[Fault], *, rows: int, rate: float
    ) -> None:
        """`rows` is the table's size, `rate` faults per row; each fault comes once at least."""
        self._connection = connection
        self._table = table
        self._faults = faults
        self._rows = rows
        self._total = min(max(len(faults), round(rows * rate)), rows * (MOST_VERSIONS - 1))
        self._query = _query(table, faults)
        self._seen = 0

    def sow(self, frame: pl.DataFrame) -> Iterator[MixedRows]:
        """Set the faults that fall among the frame's rows behind good rows; frames come in order.

        Args:
            frame: day_no and the table's fields, whole days.

        Returns:
            The days on which there are faulty rows; the other days stay as they are.
        """
        chosen = self._choose(frame)
        self._seen += frame.height
        self._connection.register("good_row", frame[chosen["position"]].hstack(chosen))
        faulty = self._connection.sql(self._query).pl()
        self._connection.unregister("good_row")
        good = frame.with_row_index("position").filter(pl.col("day_no").is_in(faulty["day_no"].unique()))
        mixed = pl.concat([_as_texts(good), faulty], how="diagonal").sort(
            "position", "ordinal", "fault_no", nulls_last=False, maintain_order=True
        )
        for (day_no,), rows in mixed.partition_by("day_no", as_dict=True, include_key=False).items():
            breaches, ragged = self._places(rows)
            yield MixedRows(day_no, rows.drop("position", "ordinal", "fault_no"), breaches, ragged)

    def _places(self, mixed: pl.DataFrame) -> tuple[dict[int, tuple[Breach, ...]], dict[int, int]]:
        breaches, ragged = {}, {}
        for row, (fault_no, ordinal) in enumerate(mixed.select("fault_no", "ordinal").iter_rows()):
            if fault_no is not None:
                fault = self._faults[fault_no]
                breaches[row] = fault.breaches
                if fault.outcome == "ragged":
                    # By turns a cell too many and one too few.
                    ragged[row] = 1 if ordinal // len(self._faults) % 2 == 0 else -1
        return breaches, ragged

    def _choose(self, frame: pl.DataFrame) -> pl.DataFrame:
        first = -(-self._seen * self._total // self._rows)
        after = -(-(self._seen + frame.height) * self._total // self._rows)
        ordinals = pl.int_range(first, after, eager=True)
        base = ordinals * self._rows // self._total
        chosen = pl.DataFrame(
            {
                "ordinal": ordinals,
                "position": base - self._seen,
                "fault_no": ordinals % len(self._faults),
                "version": 1 + ordinals - (base * self._total + self._rows - 1) // self._rows,
            }
        )
        return self._with_room_for_companions(chosen, frame)

    def _with_room_for_companions(self, chosen: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
        """Move the faults that need yesterday's record to rows that have one, one row for each."""
        numbers = [number for number, fault in enumerate(self._faults) if fault.companion]
        needing = chosen.filter(pl.col("fault_no").is_in(numbers))
        if needing.is_empty():
            return chosen
        day = self._table.event_date
        rest = [column for column in self._table.primary_key if column != day]
        key = [*rest, day]
        yesterdays = frame.select(*rest, pl.col(day) + pl.duration(days=1))
        able = frame.select(*key).with_row_index("position").join(yesterdays, on=key, how="semi")["position"]
        placed = needing.head(len(able)).with_columns(
            able.sort().cast(pl.Int64).head(needing.height).alias("position"),
            pl.lit(MOST_VERSIONS, dtype=pl.Int64).alias("version"),
        )
        return pl.concat([chosen.join(needing, on="ordinal", how="anti"), placed])


def _as_texts(good: pl.DataFrame) -> pl.DataFrame:
    places = good.select(pl.col("position", "day_no").cast(pl.Int64))
    return as_text(good.drop("position", "day_no")).hstack(places)


def _query(table: Table, faults: Sequence[Fault]) -> str:
    older = [str(number) for number, fault in enumerate(faults) if fault.outcome == "older_version"]
    is_older = f"fault_no in ({', '.join(older)})"
    updated = f"case when {is_older} then update_time - to_seconds(version) else update_time end"
    usual = {"update_time": updated}
    if table.is_dictionary:
        usual["collect_time"] = f"least(collect_time, {updated})"
    columns = [_column(field.code, faults, usual.get(field.code)) for field in table.fields]
    query = f"select position, day_no, ordinal, fault_no, {', '.join(columns)} from good_row"
    for number, fault in enumerate(faults):
        if fault.companion:
            copied = [
                f"({fault.companion.get(field.code, quoted(field.code))})::varchar as {quoted(field.code)}"
                for field in table.fields
            ]
            query += (
                f" union all by name select position, day_no, ordinal, null as fault_no, {', '.join(copied)}"
                f" from good_row where fault_no = {number}"
            )
    return query


def _column(code: str, faults: Sequence[Fault], usual: str | None) -> str:
    cases = [
        f"when {number} then ({fault.changes[code]})::varchar"
        for number, fault in enumerate(faults)
        if code in fault.changes
    ]
    plain = f"({usual or quoted(code)})::varchar"
    expression = f"case fault_no {' '.join(cases)} else {plain} end" if cases else plain
    return f"{expression} as {quoted(code)}"
