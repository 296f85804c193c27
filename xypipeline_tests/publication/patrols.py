"""A day's patrol of a few hospitals, put together by hand."""

from datetime import date

from xypipeline.publication.patrol import DAYS_SHOWN, Delay, HospitalPatrol, Patrol, TablePatrol
from xypipeline.registry.model import Institution, Validity

DAY = date(2023, 4, 10)


def april(day: int) -> date:
    return date(2023, 4, day)


def hospital(seq: int, name: str, state: str = "uploaded", **figures: object) -> HospitalPatrol:
    institution = Institution(
        seq, f"H{seq}", name, "市直", "411500", "general", None, Validity(april(1), None)
    )
    values: dict[str, object] = {
        "last_upload_date": None,
        "days_since_last_upload": None,
        "silence": None,
        "silent_since": None,
        "silent_days": None,
        "returned_after_days": None,
        "is_first_upload": False,
    }
    recent = (*[None] * (DAYS_SHOWN - 1), state)
    return HospitalPatrol(
        DAY, f"H{seq}", state, **(values | figures), institution=institution, recent_states=recent
    )


def silent(seq: int, name: str, since: int, silence: str = "hospital") -> HospitalPatrol:
    return hospital(
        seq,
        name,
        "silent",
        last_upload_date=april(since - 1),
        days_since_last_upload=11 - since,
        silence=silence,
        silent_since=april(since),
        silent_days=11 - since,
    )


def table(
    seq: int, name: str, title: str, *, since: int | None = None, back: int | None = None
) -> TablePatrol:
    days = 11 - since if since else None
    return TablePatrol(
        DAY, f"H{seq}", title, april(4), april(since) if since else None, days, back, name, title
    )


def delay(name: str, title: str, newest: int) -> Delay:
    return Delay(DAY, "H1", title, april(newest), 10 - newest, name, title)


QUIET = Patrol(DAY, (hospital(1, "甲医院", last_upload_date=DAY, days_since_last_upload=0),), (), ())

BUSY = Patrol(
    DAY,
    (
        hospital(1, "甲医院", last_upload_date=DAY, days_since_last_upload=0),
        hospital(2, "乙医院", last_upload_date=DAY, days_since_last_upload=0, returned_after_days=3),
        hospital(3, "丙医院", last_upload_date=DAY, days_since_last_upload=0, is_first_upload=True),
        silent(4, "丁医院", 10),
        silent(5, "戊医院", 4),
        silent(6, "己医院", 9, "platform"),
        silent(7, "庚医院", 9, "platform"),
        hospital(8, "辛<医院>", "never_uploaded"),
        hospital(9, "壬医院", "not_expected"),
        hospital(10, "癸医院", "unconnected"),
        hospital(11, "子医院", "province"),
    ),
    (
        table(1, "甲医院", "检验报告", since=8),
        table(1, "甲医院", "护理记录", since=10),
        table(2, "乙医院", "检查报告", back=2),
    ),
    (delay("甲医院", "门急诊收费", 4),),
)
