"""A few hand-made uploads: enough for every stage to have something to do."""

from datetime import date
from pathlib import Path

from xypipeline.standard.catalogue import current_catalogue

HOSPITAL = "411500001"
TABLES = ("department", "patient_info", "outpatient_visit")


def upload(landing_dir: Path, day: date, table_code: str, part: str = "1") -> Path:
    """One file with one acceptable row: org code, key and event date, nothing else."""
    table = current_catalogue().tables[table_code]
    row = dict.fromkeys(table.primary_key, f"{part}-{day:%m%d}")
    row |= {"org_code": HOSPITAL, table.event_date: str(day)}
    if table.field(table.event_date).type == "datetime":
        row[table.event_date] += " 08:00:00"
    path = landing_dir / str(day) / HOSPITAL / f"{table_code}.{part}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    return path


def upload_days(landing_dir: Path, days: list[date]) -> None:
    """Each of the tables on each day."""
    for day in days:
        for table_code in TABLES:
            upload(landing_dir, day, table_code)
