"""What a well-formed file cannot show by itself: contradictions within and between the standard's files."""

from collections.abc import Iterator
from pathlib import Path

from xypipeline.standard.model import Catalogue


def find_contradictions(catalogue: Catalogue, folder: Path, field_files: set[str]) -> Iterator[str]:
    """Name each contradiction, with its file; nothing for a consistent standard."""
    for code in sorted(field_files ^ set(catalogue.tables)):
        yield f"{folder}/tables/{code}.csv and tables.csv do not agree on whether there is a table {code}."
