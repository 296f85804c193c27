"""Tables in the terminal: folded to its width for people, never cut, and whole lines for pipes."""

from collections.abc import Collection, Iterable

# Wider than any row of ours: a pipe has no width to fold to.
PIPE_WIDTH = 1000


def print_table(
    header: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, unfolded: Collection[str] = ()
) -> None:
    """Print rows of text below a header; a column that is empty in every row is left out.

    Args:
        header: titles of the columns.
        rows: as many cells each.
        unfolded: titles of columns that stay on one line, such as codes that people copy.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        console = Console(width=PIPE_WIDTH)
    columns = [column for column in zip(header, *rows, strict=True) if any(column[1:])]
    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for title, *_ in columns:
        table.add_column(title, overflow="fold", no_wrap=title in unfolded)
    for row in zip(*(column[1:] for column in columns), strict=True):
        # Cells may hold brackets, which rich would take for mark-up in a plain string.
        table.add_row(*map(Text, row))
    console.print(table)
