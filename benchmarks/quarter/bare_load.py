"""The measure of the quarter: DuckDB loads the same files, and does nothing else. `LANDING WAREHOUSE`."""

import sys
from pathlib import Path

import duckdb

landing, warehouse = Path(sys.argv[1]), sys.argv[2]
with duckdb.connect(warehouse) as connection:
    for table in sorted({path.stem for path in landing.glob("*/*/*.csv")}):
        files = sorted(str(path) for path in landing.glob(f"*/*/{table}.csv"))
        load = f"create table {table} as select * from read_csv($files, all_varchar = true)"
        connection.execute(load, {"files": files})
