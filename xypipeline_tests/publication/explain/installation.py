"""Hospitals of one April with files in a real landing folder, taken through every stage up to the scores."""

import zipfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.landing import inventory
from xypipeline.landing.walk import Door
from xypipeline.periods import Quarter
from xypipeline.policy.policy import load_policy
from xypipeline.publication.figures import QuarterFigures, read_figures
from xypipeline.raw import store as raw
from xypipeline.raw.files import Uploads
from xypipeline.registry.model import Connection, Exemption, Institution, Registry, Validity
from xypipeline.scores.ledger import build_ledger
from xypipeline.scores.standing import score_quarter
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Catalogue
from xypipeline.validated import store as validated
from xypipeline.warehouse import connect_in_memory

QUARTER = Quarter(2023, 2)
AS_OF = date(2023, 4, 10)
DEPARTMENT, STAFF, CHARGE = "department", "staff", "charge_item"
CATALOGUE = replace(
    current_catalogue(),
    tables={code: current_catalogue().tables[code] for code in (DEPARTMENT, STAFF, CHARGE)},
)
_SINCE = Validity(date(2023, 1, 1), None)
NAMES = {
    "411500001": "甲县人民医院",
    "411500002": "甲县中医院",
    "411500003": "乙县人民医院",
    "411500004": "乙县妇幼保健院",
    "411500005": "丙县医院",
}
FIRST, SECOND, THIRD, PROVINCIAL, UNCONNECTED = NAMES
REGISTRY = Registry(
    version="9.9",
    institutions=tuple(
        Institution(number, code, name, name[:2], "4115", "general", None, _SINCE)
        for number, (code, name) in enumerate(NAMES.items(), start=1)
    ),
    connections=(
        *(Connection(code, "city", _SINCE, None) for code in (FIRST, SECOND, THIRD)),
        Connection(PROVINCIAL, "province", _SINCE, None),
    ),
    exemptions=(
        Exemption(FIRST, "closure", Validity(date(2023, 4, 9), date(2023, 4, 9)), "甲卫〔2023〕9号"),
        Exemption(None, "outage", Validity(date(2023, 4, 10), date(2023, 4, 10)), "平台公告3"),
    ),
)
_COLUMNS = (
    "org_code,dept_code,dept_name,std_dept_code,dept_type_code,"
    "record_status,modify_flag,collect_time,update_time"
)


@dataclass(frozen=True)
class Scored:
    """A quarter as the explanations find it."""

    connection: DuckDBPyConnection
    figures: QuarterFigures


def department_rows(org_code: str, *rows: str) -> str:
    """A file of departments; a row is its code, or `code!` broken, `!` without a key, `code-` revoked."""
    return "\n".join((_COLUMNS, *(_row(org_code, row) for row in rows))) + "\n"


def _row(org_code: str, row: str) -> str:
    code, type_code, flag = (
        row.rstrip("!-"),
        "Z" if row.endswith("!") else "1",
        "3" if row.endswith("-") else "1",
    )
    return f"{org_code},{code},内科,03,{type_code},0,{flag},2023-04-01 08:00:00,2023-04-01 08:00:00"


def deliver(landing_dir: Path, org_code: str, day: int, name: str, content: str | dict[str, str]) -> None:
    """Put a file, or an archive of several, where the platform received it on a day of April."""
    path = landing_dir / f"2023-04-{day:02}" / org_code / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8")
        return
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in content.items():
            archive.writestr(member, text)


def deliver_examples(landing_dir: Path) -> None:
    """Two hospitals upload: the first well, and badly in every way; the second a little."""
    deliver(landing_dir, FIRST, 1, "department.csv", department_rows(FIRST, "K1", "K2", "K3!", "!"))
    deliver(landing_dir, FIRST, 2, "department.csv", department_rows(FIRST, "K1", "K4"))
    deliver(landing_dir, FIRST, 3, "department.csv", department_rows(FIRST, "!"))
    deliver(landing_dir, FIRST, 4, "department.csv", "甲,乙\n1,2\n")
    deliver(landing_dir, FIRST, 5, "外科.csv", "甲,乙\n1,2\n")
    deliver(landing_dir, FIRST, 6, "staff.csv", "org_code,staff_id\n")
    archive = {"department.csv": department_rows(FIRST, "K5"), "readme.pdf": "-"}
    deliver(landing_dir, FIRST, 7, "all.zip", archive)
    deliver(landing_dir, SECOND, 8, "department.csv", department_rows(SECOND, "K1-"))
    deliver(
        landing_dir,
        SECOND,
        8,
        "charge_item.csv",
        "org_code,charge_item_code,update_time\n"
        f"{SECOND},C1,2023-04-01 08:00:00\n{SECOND},C2,2023-04-01 08:00:00\n",
    )


def score(
    landing_dir: Path,
    connection: DuckDBPyConnection | None = None,
    catalogue: Catalogue = CATALOGUE,
    registry: Registry = REGISTRY,
) -> Scored:
    """Take in what was delivered and score it, in memory unless told where."""
    connection, policy = connection or connect_in_memory(), load_policy(2023)
    days = (QUARTER.first, AS_OF)
    inventory.create_tables(connection)
    raw.create_tables(connection, catalogue)
    validated.create_tables(connection, catalogue)
    inventory.create_file_view(connection)
    inventory.store_arrivals(connection, Door(landing_dir, REGISTRY.org_codes, catalogue), *days)
    for table in catalogue.tables.values():
        raw.load_days(connection, table, Uploads(landing_dir), *days)
        validated.validate_days(connection, catalogue, table, *days)
    build_ledger(connection, catalogue, *days)
    score_quarter(connection, catalogue, registry, policy, QUARTER, AS_OF)
    return Scored(connection, read_figures(connection, QUARTER, policy))
