"""Publishes a quarter: checks the standing, then writes the attachment and its twins, all or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.errors import PublicationError
from xypipeline.periods import Quarter
from xypipeline.policy.policy import Policy
from xypipeline.publication.figures import QuarterFigures, read_figures
from xypipeline.publication.gate import find_problems
from xypipeline.publication.markdown import markdown_bytes
from xypipeline.publication.twins import csv_bytes, json_bytes
from xypipeline.publication.workbook import workbook_bytes
from xypipeline.registry.model import Registry
from xypipeline.standard.model import Catalogue


@dataclass(frozen=True)
class PublishedFiles:
    """Where a quarter's attachment lies, one path per form."""

    paths: tuple[Path, ...]


def publish_attachment(
    connection: DuckDBPyConnection,
    quarter: Quarter,
    catalogue: Catalogue,
    registry: Registry,
    policy: Policy,
    folder: Path,
) -> PublishedFiles:
    """Write attachment.md, .xlsx, .csv and .json of a scored quarter into a folder.

    The same standing gives the same bytes. An earlier publication stays whole until all of the new one is
    on the disk.

    Raises:
        PublicationError: the quarter has not been scored, or a figure is not fit to be published.
    """
    problems = find_problems(connection, quarter, catalogue, registry, policy)
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise PublicationError(f"{quarter} is not published, its figures contradict themselves:\n{listed}")
    contents = render_attachment(read_figures(connection, quarter, policy))
    return PublishedFiles(_replace_files(folder, contents))


def render_attachment(figures: QuarterFigures) -> dict[str, bytes]:
    """The files of one quarter's attachment, by name."""
    attachment, overview = figures.attachment, figures.overview
    return {
        "attachment.md": markdown_bytes(attachment, overview, figures.policy),
        "attachment.xlsx": workbook_bytes(attachment, overview),
        "attachment.csv": csv_bytes(attachment),
        # Last: whoever waits for the contract's file finds the others beside it.
        "attachment.json": json_bytes(attachment),
    }


def _replace_files(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    parts = {name: folder / f".{name}.part" for name in contents}
    try:
        for name, part in parts.items():
            part.write_bytes(contents[name])
        return tuple(part.replace(folder / name) for name, part in parts.items())
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
