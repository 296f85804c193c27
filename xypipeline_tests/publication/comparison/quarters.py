"""Quarters of a city, judged as the scores would judge them."""

from dataclasses import replace
from datetime import date

from xypipeline.periods import Quarter
from xypipeline.policy.policy import Policy, load_policy
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.standing import HospitalStanding
from xypipeline.scores.rejudging import rejudge
from xypipeline_tests.publication.city import UPLOADING

FIRST, SECOND = Quarter(2023, 1), Quarter(2023, 2)
POLICY = load_policy(2023)
REMARKS = {"province": "已联通省全民健康信息平台", None: "未联通", "city": "未上传数据"}


def hospital(
    org_code: str, tables: int, rows: int, platform: str | None = "city", interruptions: int | None = 5
) -> HospitalStanding:
    """A hospital not yet judged; its number is that in its code."""
    return replace(
        UPLOADING,
        seq=int(org_code[1:]),
        org_code=org_code,
        hospital=f"{org_code}医院",
        platform=platform,
        tables_uploaded=tables,
        rows_uploaded=rows,
        rows_accepted=rows,
        rows_qualified=rows,
        interruption_days=interruptions if tables else None,
        last_upload_date=date(2023, 1, 31) if tables else None,
        remark=None if tables else REMARKS[platform],
    )


def judged(quarter: Quarter, *hospitals: HospitalStanding, policy: Policy = POLICY) -> QuarterFigures:
    """The quarter's figures, with the scores and ranks that they come to."""
    verdicts = rejudge(hospitals, 51, policy.weights)
    standings = tuple(
        replace(
            one,
            period=str(quarter),
            as_of=quarter.last,
            score=verdicts[one.org_code].score,
            rank=verdicts[one.org_code].rank,
        )
        for one in hospitals
    )
    return QuarterFigures(quarter, standings, policy)
