"""Each way in which a standing can be wrong is found, with hospital, figure and both values."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from xypipeline.errors import PublicationError
from xypipeline.policy.policy import Policy
from xypipeline.publication.acceptance.gate import accept_quarter
from xypipeline.publication.acceptance.material import gather_material
from xypipeline.publication.acceptance.titles import TITLES, text_of
from xypipeline.publication.acceptance.verdict import SUITES
from xypipeline.publication.editions.basis import load_basis
from xypipeline.publication.standing import HospitalStanding
from xypipeline.registry.model import Registry
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.publication.acceptance.conftest import Accept
from xypipeline_tests.publication.city import (
    CITY,
    PROVINCE,
    QUARTER,
    SILENT,
    UNCONNECTED,
    UPLOADING,
    warehouse_of,
)

SMALLEST = Decimal(1).scaleb(-15)


def test_sound_figures_pass_every_suite(accept: Accept) -> None:
    acceptance = accept(CITY)

    assert acceptance.problems == ()
    assert [verdict.name for verdict in acceptance.verdicts] == list(SUITES)
    assert {finding.severity for verdict in acceptance.verdicts for finding in verdict.findings} == {
        "critical"
    }


def test_all_figures_altered_at_once_are_all_named(accept: Accept) -> None:
    altered = replace(
        UPLOADING,
        tables_uploaded=30,
        rows_uploaded=1001,
        upload_days=87,
        interruption_days=11,
        last_upload_date=date(2023, 6, 28),
        rows_accepted=1601,
        rows_qualified=1598,
        tier=2,
        is_severely_missing=True,
        is_good_continuity=False,
        score=UPLOADING.score + SMALLEST,
        rank=2,
        remark="未联通",
    )

    problems = {verdict.name: verdict.problems for verdict in accept((altered, *CITY[1:])).verdicts}

    assert problems == {
        "registered_once": (),
        "within_bounds": (),
        "agrees_with_ledger": (
            "甲医院 上传表数量 30，台账合计 31",
            "甲医院 已上传数据量 1001，台账合计 1000",
            "甲医院 有效行数 1601，台账合计 1600",
            "甲医院 合格行数 1598，台账合计 1599",
            "甲医院 上传天数 87，台账合计 88",
            "甲医院 上传中断天数 11，台账合计 3",
            "甲医院 最近上传日期 2023-06-28，台账为 2023-06-29",
        ),
        "judged_by_policy": (
            "甲医院 梯队 2，按台账应为 1",
            "甲医院 上传表数量严重缺失 是，按台账应为 否",
            "甲医院 数据连续性良好 否，按台账应为 是",
            "甲医院 得分 32.15686274509804，按台账应为 32.156862745098039",
            "甲医院 名次 2，按台账应为 1",
            "甲医院 备注 未联通，按台账应为 空白",
        ),
        "attachment_agrees": (
            "甲医院 上传表数量 30，台账合计 31",
            "甲医院 数据完整率(%) 58.82，按台账应为 60.78",
            "甲医院 已上传数据量 1001，台账合计 1000",
            "甲医院 上传中断天数 11，台账合计 3",
            "甲医院 最近上传日期 2023-06-28，台账为 2023-06-29",
            "甲医院 合格率(%) 99.81，按台账应为 99.94",
            "甲医院 梯队 2，按台账应为 1",
            "甲医院 名次 2，按台账应为 1",
            "甲医院 备注 未联通，按台账应为 空白",
        ),
        "no_unexplained_fall": (),
    }


CITY_WIDE = ("standard_version", "policy_version", "registry_version")
FIGURES = [
    field.name for field in fields(HospitalStanding) if field.name not in ("period", "as_of", "org_code")
]


@pytest.mark.slow
@pytest.mark.parametrize("figure", FIGURES)
def test_each_figure_altered_by_itself_is_named(figure: str, accept: Accept) -> None:
    true = getattr(UPLOADING, figure)
    altered = replace(UPLOADING, **{figure: alter(true)})

    problems = accept((altered, *CITY[1:])).problems

    whose = "全市" if figure in CITY_WIDE else altered.hospital
    begin = f"{whose} {TITLES[figure]} {text_of(alter(true))}，"
    assert [one for one in problems if one.startswith(begin) and one.endswith(f" {text_of(true)}")]


def alter(value: object) -> object:
    """The next value, as close as there is one."""
    if isinstance(value, bool):
        return not value
    if value == "city":
        return "province"
    steps = {int: 1, Decimal: SMALLEST, date: timedelta(days=-1), str: "*"}
    return "另注" if value is None else value + steps[type(value)]


CONTRADICTIONS = {
    "more than there can be": (
        (replace(UPLOADING, rows_uploaded=1601, score=Decimal("40.5")), *CITY[1:]),
        [
            "甲医院 得分 40.5，应在 0 至 40 之间",
            "甲医院 已上传数据量 1601，超过有效行数 1600",
            "甲医院 已上传数据量 1601，台账合计 1000",
            "甲医院 得分 40.5，按台账应为 32.156862745098039",
            "甲医院 得分 40.5，按台账应为 32.16",
        ],
    ),
    "interrupted without an upload": (
        (UPLOADING, replace(SILENT, interruption_days=91, is_good_continuity=False), PROVINCE, UNCONNECTED),
        ["乙医院 上传中断天数 91，台账合计 空白", "乙医院 数据连续性良好 否，按台账应为 空白"],
    ),
    "blank without a reason": (
        (UPLOADING, replace(SILENT, remark=None), PROVINCE, UNCONNECTED),
        ["乙医院 备注 空白，按台账应为 未上传数据"],
    ),
    "uploaded, but never": (
        (replace(UPLOADING, last_upload_date=None), *CITY[1:]),
        ["甲医院 最近上传日期 空白，台账为 2023-06-29"],
    ),
    "province scored, unconnected in a tier": (
        (UPLOADING, SILENT, replace(PROVINCE, score=Decimal(0), rank=3), replace(UNCONNECTED, tier=4)),
        [
            "丁医院 梯队 4，按台账应为 空白",
            "丙医院 得分 0，按台账应为 空白",
            "丙医院 名次 3，按台账应为 空白",
        ],
    ),
    "hospital missing, another twice": (
        (UPLOADING, SILENT, PROVINCE, PROVINCE),
        ["丙医院 行数 2，名册为 1", "丁医院 行数 0，名册为 1"],
    ),
    "hospital unknown, another under another number": (
        (*CITY[:3], replace(UNCONNECTED, seq=5), replace(UNCONNECTED, org_code="E5", hospital="戊医院")),
        ["戊医院 行数 1，名册为 0", "丁医院 序号 5，名册为 4"],
    ),
    "name like a formula": (
        (replace(UPLOADING, hospital="=甲医院"), *CITY[1:]),
        ["=甲医院 医院名称 =甲医院，名册为 甲医院", "=甲医院 医院名称 =甲医院，以表格公式的符号开头"],
    ),
    "another policy, another day": (
        tuple(
            replace(one, policy_version="2022.1", as_of=date(2023, 6, 30 - (one.seq == 4))) for one in CITY
        ),
        ["丁医院 统计截止日 2023-06-29，其他医院为 2023-06-30", "全市 考核口径版本 2022.1，现行 2023.1"],
    ),
}


@pytest.mark.parametrize(("standings", "expected"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_contradiction_is_named_with_both_values(
    standings: tuple[HospitalStanding, ...], expected: list[str], accept: Accept
) -> None:
    assert list(accept(standings).problems) == expected


def test_what_cannot_be_checked_does_not_pass(registry: Registry, policy: Policy, tmp_path: Path) -> None:
    basis = replace(load_basis(QUARTER.year), registry=registry, policy=policy)
    material = gather_material(warehouse_of(CITY), QUARTER, basis, tmp_path)
    undated = replace(UPLOADING, last_upload_date="昨天")

    # Takes seconds to load.
    from xypipeline.publication.acceptance.accept import accept

    problems = accept(replace(material, found=(undated, *CITY[1:]))).problems

    assert list(problems) == [
        "“统计期首日不超过最近上传日期”未能核对，程序有误，请联系开发人员",
        "“最近上传日期不超过统计截止日”未能核对，程序有误，请联系开发人员",
        "甲医院 最近上传日期 昨天，台账为 2023-06-29",
    ]


@pytest.mark.parametrize(
    "open_warehouse",
    [partial(warehouse_of, CITY), connect_in_memory],
    ids=["another quarter only", "nothing at all"],
)
def test_a_quarter_that_was_not_scored_cannot_be_published(open_warehouse: Callable, tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="run"):
        accept_quarter(open_warehouse(), QUARTER.following, load_basis(2023), tmp_path)
