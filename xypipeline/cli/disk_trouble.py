"""Tells the disk's troubles from faults of the program: the first can be mended by who reads of them."""

import errno
import sqlite3
from collections.abc import Iterator

_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}
_SQLITE_SAYS = ("disk I/O error", "disk is full", "readonly database", "unable to open database")
_ADVICE = 'make room (docs/operations.md, "The disk is full"), then do the same again; nothing is damaged.'


def describe_disk_trouble(error: BaseException) -> str | None:
    """What to tell of an error that comes of a full, broken or read-only disk; None of any other."""
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.errno in _OF_THE_DISK:
            place = f"{cause.filename2 or cause.filename}: " if cause.filename else ""
            return f"{place}{cause.strerror}; {_ADVICE}"
        if isinstance(cause, sqlite3.OperationalError) and any(text in str(cause) for text in _SQLITE_SAYS):
            return f"Dagster's state cannot be written, {cause}; {_ADVICE}"
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
