"""A quarter of one hospital's uploads: few files, one of them with faults whose verdict is known."""

from datetime import date
from pathlib import Path

from xypipeline.periods import parse_period
from xypipeline_tests.orchestration.landing import HOSPITAL, upload

QUARTER = "2023Q2"
FIRST_DAY, LAST_DAY = "2023-04-01", "2023-06-30"
FAULTY_DAY = date(2023, 4, 3)
FAULTY_ID_NO, FAULTY_PHONE = "41150219800101002X", "139-1234-5678 ext. 90"
PATIENT_NAME = "周兰"
_PATIENT = {
    "org_code": HOSPITAL,
    "patient_id": "P{day}",
    "patient_name": PATIENT_NAME,
    "sex_code": "2",
    "birth_date": "1980-01-01",
    "id_type_code": "01",
    "id_no": "411502198001010029",
    "phone": "13912345678",
    "create_time": "{day} 08:00:00",
    "modify_flag": "1",
    "collect_time": "{day} 09:00:00",
    "update_time": "{day} 10:00:00",
}
_FAULTS = (
    {"patient_id": ""},
    {"patient_id": "P2", "id_no": FAULTY_ID_NO},
    {"patient_id": "P3", "phone": FAULTY_PHONE},
    {"patient_id": "P4", "sex_code": "7", "birth_date": "1980-02-30"},
)


def upload_quarter(landing_dir: Path) -> None:
    """Each day a department, a visit and a patient, all of them new."""
    for day in parse_period(QUARTER).days():
        for table_code in ("department", "outpatient_visit"):
            upload(landing_dir, day, table_code)
        faults = _FAULTS if day == FAULTY_DAY else ()
        lines = [",".join((_PATIENT | fault).values()).format(day=day) for fault in ({}, *faults)]
        path = landing_dir / str(day) / HOSPITAL / "patient_info.csv"
        path.write_text("\n".join([",".join(_PATIENT), *lines, ""]), encoding="utf-8")
