"""How much a delivered file may hold: beyond it a file is refused, or a line set aside, with the reason."""

from dataclasses import dataclass

MB = 1024**2


@dataclass(frozen=True)
class Limits:
    """The bounds within which uploads are read; the year's policy sets them."""

    file_bytes: int = 512 * MB
    """Of a file that is read as a whole, unpacked."""
    large_file_bytes: int = 65_536 * MB
    """Of a delimited file that is read piece by piece, unpacked."""
    expanded_bytes: int = 1_024 * MB
    """Of what a workbook or a Parquet file becomes when it is read."""
    archive_bytes: int = 4_096 * MB
    """Of all members of a zip, unpacked."""
    archive_members: int = 1_000
    ratio: int = 200
    """Unpacked to packed bytes of a zip or gz; small ones may have any."""
    rows: int = 3_000_000
    """Lines or rows that are read at a time: of a file, or of one piece of a large one."""
    columns: int = 1_000
    field_characters: int = 1_048_576
    line_characters: int = 4_194_304


DEFAULT_LIMITS = Limits()
