"""Seconds of loading one day's rows and of judging all rules on them, as JSON. `YYYY-MM-DD`.

Works on the warehouse of `XY_DATA_DIR` and replaces the day by itself.
"""

import json
import sys
import time
from datetime import date

from xypipeline.raw.files import Uploads
from xypipeline.raw.store import load_days
from xypipeline.registry.institutions import current_registry
from xypipeline.settings import load_settings
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.across.judge import judge_across
from xypipeline.validated.store import validate_days
from xypipeline.warehouse import open_warehouse

settings, catalogue, day = load_settings(), current_catalogue(), date.fromisoformat(sys.argv[1])
tables = list(catalogue.tables.values())
uploads = Uploads(settings.landing_dir)
registry = current_registry(frozenset(catalogue.tables))
times = [time.monotonic()]
with open_warehouse(settings.warehouse_path) as connection:
    rows = sum(load_days(connection, table, uploads, day, day).rows for table in tables)
    times.append(time.monotonic())
    for table in tables:
        validate_days(connection, catalogue, table, day, day)
    times.append(time.monotonic())
    judge_across(connection, catalogue, registry, (day, day))
    times.append(time.monotonic())
loading, within, across = (end - start for start, end in zip(times, times[1:], strict=False))
print(json.dumps({"rows": rows, "loading": loading, "within rows": within, "across rows": across}))
