"""The uploading hospital of the small city with what the register excuses it from."""

from dataclasses import replace
from datetime import date

from xypipeline.publication.details.model import DayRange, InapplicableTable
from xypipeline.registry.model import Inapplicability, Validity
from xypipeline_tests.publication.details.hospitals import CATALOGUE, CODES, STANDINGS, UPLOADING_DETAIL

# The last of the tables that it did not upload, and one that it did.
EXCUSED = UPLOADING_DETAIL.missing[-1].table
CONTRADICTED = UPLOADING_DETAIL.present[-1].table
_YEAR = Validity(date(2023, 1, 1), date(2023, 7, 15))


def entry(table_code: str, evidence: str = "批复1号") -> Inapplicability:
    """An entry of the uploading hospital that lapses soon after the quarter."""
    return Inapplicability(CODES[0], table_code, "outsourced", _YEAR, evidence, "李四")


ENTRIES = (
    InapplicableTable(
        entry(CONTRADICTED.code, "<b>与丙医院的协议</b>"),
        STANDINGS[0].hospital,
        CATALOGUE.tables[CONTRADICTED.code],
        12,
        (DayRange(date(2023, 5, 1), date(2023, 5, 3)),),
        None,
    ),
    InapplicableTable(entry(EXCUSED.code), STANDINGS[0].hospital, EXCUSED, 0, (), "lapsing"),
)
DETAIL = replace(
    UPLOADING_DETAIL,
    tables=tuple(
        replace(one, is_applicable=one.table.code != EXCUSED.code) for one in UPLOADING_DETAIL.tables
    ),
    inapplicable=ENTRIES,
)
STANDING = replace(STANDINGS[0], tables_applicable=50)
