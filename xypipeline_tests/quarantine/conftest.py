from collections.abc import Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from xypipeline.quarantine.reading import prepare
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.quarantine.installation import deliver_faulty, take_in


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    """Faulty uploads, taken in by the stricter rules."""
    deliver_faulty(tmp_path)
    with connect_in_memory() as connection:
        take_in(connection, tmp_path)
        prepare(connection)
        yield connection
