"""Applicable tables are worked out anew from ledger and register, like any other figure."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from xypipeline.policy.policy import Policy
from xypipeline.publication.acceptance.gate import accept_quarter
from xypipeline.publication.editions.basis import load_basis
from xypipeline.registry.model import Inapplicability, Registry, Validity
from xypipeline.standard.catalogue import current_catalogue
from xypipeline_tests.publication.city import CITY, QUARTER, SILENT, UPLOADING, warehouse_of

TABLES = list(current_catalogue().tables)
YEAR = Validity(date(2023, 1, 1), date(2023, 12, 31))


def problems_of(
    registry: Registry, policy: Policy, folder: Path, applicable: tuple[int, int]
) -> tuple[str, ...]:
    """What is wrong when the first two hospitals have so many applicable tables, and are excused from two."""
    entries = tuple(
        Inapplicability(one.org_code, code, "not_provided", YEAR, "批复", "李四")
        for one in (UPLOADING, SILENT)
        for code in TABLES[:2]
    )
    basis = replace(
        load_basis(QUARTER.year), registry=replace(registry, inapplicabilities=entries), policy=policy
    )
    found = [
        replace(one, tables_applicable=number)
        for one, number in zip((UPLOADING, SILENT), applicable, strict=True)
    ]
    return accept_quarter(warehouse_of((*found, *CITY[2:])), QUARTER, basis, folder).problems


@pytest.mark.parametrize(
    ("applicable", "problems"),
    [
        ((49, 49), ()),
        ((51, 49), ("甲医院 适用表数量 51，名册为 49",)),
        ((49, 48), ("乙医院 适用表数量 48，名册为 49",)),
        (
            (30, 49),
            (
                "甲医院 适用表完整率(%) 103.33，应在 0 至 100 之间",
                "甲医院 上传表数量 31，超过适用表数量 30",
                "甲医院 适用表数量 30，名册为 49",
            ),
        ),
        (
            (49, 52),
            ("乙医院 适用表数量 52，超过应上传表数量 51", "乙医院 适用表数量 52，名册为 49"),
        ),
    ],
    ids=["sound", "not excused", "excused too much", "fewer than uploaded", "more than required"],
)
def test_applicable_tables_are_those_of_the_register(
    applicable: tuple[int, int],
    problems: tuple[str, ...],
    registry: Registry,
    policy: Policy,
    tmp_path: Path,
) -> None:
    # Table 1 to 30 of its ledger are named otherwise: what it is excused from is not among what it sent.
    assert problems_of(registry, policy, tmp_path, applicable) == problems
