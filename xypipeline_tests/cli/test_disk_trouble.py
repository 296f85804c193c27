import errno
import os
import sqlite3

import pytest

from xypipeline.cli.disk_trouble import describe_disk_trouble


def raised_from(cause: BaseException) -> BaseException:
    """As a library raises its own error while it handles the disk's."""
    try:
        try:
            raise cause
        except BaseException as error:
            raise RuntimeError("told by a library") from error
    except RuntimeError as error:
        return error


def full(number: int) -> OSError:
    return OSError(number, os.strerror(number), "/data/backup.part/warehouse.duckdb")


@pytest.mark.parametrize(
    ("error", "begins"),
    [
        (full(errno.ENOSPC), "/data/backup.part/warehouse.duckdb: No space left on device; make room"),
        (raised_from(full(errno.EIO)), "/data/backup.part/warehouse.duckdb: Input/output error; make room"),
        (
            raised_from(sqlite3.OperationalError("database or disk is full")),
            "Dagster's state cannot be written, database or disk is full; make room",
        ),
    ],
)
def test_a_disk_in_trouble_is_told_with_what_to_do(error: BaseException, begins: str) -> None:
    assert describe_disk_trouble(error).startswith(begins)


@pytest.mark.parametrize(
    "error",
    [full(errno.ENOENT), sqlite3.OperationalError("no such table: runs"), KeyError("a fault of ours")],
)
def test_anything_else_is_a_fault_to_be_shown(error: BaseException) -> None:
    assert describe_disk_trouble(error) is None
