"""bulletin.md: the blocks and the table as Markdown."""

from collections.abc import Iterator, Sequence

from xypipeline.harmless import escape_markdown
from xypipeline.publication.bulletin.blocks import Block, Kind
from xypipeline.publication.bulletin.form_table import Column, FormTable

_PREFIXES = {Kind.TITLE: "# ", Kind.HEADING: "## ", Kind.SUBHEADING: "### ", Kind.TABLE_TITLE: "## "}


def markdown_bytes(blocks: Sequence[Block], table: FormTable) -> bytes:
    """The bulletin for reading on a screen, a rule before its attachment."""
    return ("\n\n".join(_parts(blocks, table)) + "\n").encode()


def _parts(blocks: Sequence[Block], table: FormTable) -> Iterator[str]:
    for block in blocks:
        if block.kind is Kind.LABEL:
            yield "---"
        yield _PREFIXES.get(block.kind, "") + escape_markdown(block.text)
        if block.kind is Kind.TABLE_TITLE:
            yield _table(table)


def _table(table: FormTable) -> str:
    lines = [
        map(_heading, table.columns),
        (":---" if column.is_text else ":---:" for column in table.columns),
        *(map(escape_markdown, row) for row in table.rows),
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _heading(column: Column) -> str:
    # A Markdown table has one header row: the title above comes before the column's own.
    return f"{column.group}：{column.title}" if column.group else column.title
