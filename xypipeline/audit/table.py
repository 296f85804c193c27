"""The attachment as the bulletin prints it: its headers, and one row per hospital."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from xypipeline.audit.canonical import canonical
from xypipeline.audit.columns import column_of, parse_cell
from xypipeline.audit.document import Line
from xypipeline.audit.published import HospitalFigures

_TOTAL = ("合计", "总计", "小计")
# A header has two rows; a third leaves room for a unit below.
_HEADER_ROWS = 3
_FEWEST_COLUMNS = 3


@dataclass(frozen=True)
class StatedRow:
    """One hospital's row as printed."""

    where: str
    figures: HospitalFigures
    unreadable: tuple[tuple[str, str], ...] = ()
    """Column and text of cells that hold nothing which their column may hold."""


@dataclass(frozen=True)
class StatedTable:
    """All of the attachment, which may be broken over pages."""

    rows: tuple[StatedRow, ...] = ()
    totals: tuple[StatedRow, ...] = ()
    columns: tuple[str, ...] = ()
    """Those that its header promises."""
    header_where: str = ""
    titles: tuple[Line, ...] = ()
    """Titles of the header, each once per header: prose that holds months and numbers of tables."""
    others: tuple[Line, ...] = ()
    """Rows of tables without hospitals; to be read as prose."""


def read_table(lines: Sequence[Line]) -> StatedTable:
    """Put together the rows of all tables that have a column of hospitals."""
    table = StatedTable()
    columns: tuple[str | None, ...] = ()
    # A repeated header in the middle of a table begins a new part of it.
    for is_row, group in groupby(lines, key=lambda line: line.cells is not None):
        if is_row:
            for part in _parts(list(group)):
                table, columns = _add(table, part, columns)
    return replace(table, rows=tuple(_with_districts(table.rows)))


def _parts(rows: list[Line]) -> Iterator[list[Line]]:
    headers = [_is_header(row) for row in rows]
    starts = [
        place for place, is_header in enumerate(headers) if is_header and not (place and headers[place - 1])
    ]
    for start, end in zip([0, *starts], [*starts, len(rows)], strict=True):
        if rows[start:end]:
            yield rows[start:end]


def _is_header(row: Line) -> bool:
    columns = {column_of([canonical(cell)]) for cell in row.cells or ()} - {None}
    return "hospital" in columns and len(columns) >= _FEWEST_COLUMNS and not _has_number(row)


def _has_number(row: Line) -> bool:
    return any(cell.strip().isdecimal() for cell in row.cells or ())


def _add(
    table: StatedTable, rows: list[Line], columns: tuple[str | None, ...]
) -> tuple[StatedTable, tuple[str | None, ...]]:
    if _is_header(rows[0]):
        header = _header_rows(rows)
        columns = _columns(header)
        promised = dict.fromkeys([*table.columns, *(column for column in columns if column)])
        table = replace(
            table,
            columns=tuple(promised),
            header_where=table.header_where or rows[0].where,
            titles=(*table.titles, *_titles(header)),
        )
        rows = rows[len(header) :]
    if "hospital" not in columns or any(len(row.cells or ()) > len(columns) for row in rows):
        return replace(table, others=(*table.others, *rows)), ()
    return _add_rows(table, rows, columns), columns


def _add_rows(table: StatedTable, rows: list[Line], columns: tuple[str | None, ...]) -> StatedTable:
    for row in rows:
        cells = dict(zip(columns, map(canonical, row.cells or ()), strict=False))
        if any(
            word in (cells.get(name) or "") for name in ("seq", "district", "hospital") for word in _TOTAL
        ):
            table = replace(table, totals=(*table.totals, _row(row, cells | {"hospital": "合计", "seq": ""})))
        elif cells.get("hospital"):
            table = replace(table, rows=(*table.rows, _row(row, cells)))
        else:
            table = replace(table, others=(*table.others, row))
    return table


def _header_rows(rows: list[Line]) -> list[Line]:
    seq = [column_of([canonical(cell)]) for cell in rows[0].cells or ()].index("hospital")
    size = 1
    while size < min(_HEADER_ROWS, len(rows)) and _continues_header(rows[0], rows[size], seq):
        size += 1
    return rows[:size]


def _continues_header(head: Line, row: Line, place: int) -> bool:
    cells = row.cells or ()
    below = cells[place] if place < len(cells) else ""
    # Merged cells are blank below, or say the same once more.
    is_merged = below.strip() in ("", (head.cells or ())[place].strip())
    return is_merged and any(map(str.strip, cells)) and not _has_number(row)


def _columns(header: list[Line]) -> tuple[str | None, ...]:
    width = max(len(row.cells or ()) for row in header)
    deepest_first = [[canonical(cell) for cell in row.cells or ()] for row in reversed(header)]
    return tuple(
        column_of([row[place] for row in deepest_first if place < len(row) and row[place]])
        for place in range(width)
    )


def _titles(header: list[Line]) -> Iterator[Line]:
    texts = {
        canonical(cell): row.where for row in reversed(header) for cell in row.cells or () if cell.strip()
    }
    yield from (Line(where, text) for text, where in texts.items())


def _row(line: Line, cells: Mapping[str | None, str]) -> StatedRow:
    values: dict[str, object] = {}
    unreadable = []
    for column, text in cells.items():
        try:
            if column:
                values[column] = parse_cell(column, text)
        except ValueError:
            unreadable.append((column, text))
    return StatedRow(line.where, HospitalFigures(**values), tuple(unreadable))


def _with_districts(rows: tuple[StatedRow, ...]) -> Iterator[StatedRow]:
    """Blank districts are those of the row above: merged cells."""
    district = None
    for row in rows:
        district = row.figures.district or district
        yield replace(row, figures=replace(row.figures, district=district))
