"""Hospitals equal on everything share a rank, and the next one's rank is as many places further down."""

from dataclasses import replace
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from xypipeline.policy.policy import Policy
from xypipeline.publication.acceptance.gate import accept_quarter
from xypipeline.publication.editions.basis import load_basis
from xypipeline.publication.standing import HospitalStanding
from xypipeline.registry.model import Connection, Institution, Registry
from xypipeline_tests.publication.city import (
    PROVINCE,
    QUARTER,
    SILENT,
    SINCE,
    UNCONNECTED,
    UPLOADING,
    warehouse_of,
)

EQUAL = replace(UPLOADING, seq=5, org_code="E5", hospital="戊医院")
# 1, 1, 3, 4: the province's hospital has no rank.
SHARING = (UPLOADING, replace(SILENT, rank=3), PROVINCE, replace(UNCONNECTED, rank=4), EQUAL)


@pytest.fixture
def five(registry: Registry) -> Registry:
    added = Institution(5, "E5", EQUAL.hospital, EQUAL.district, "4115", "general", None, SINCE)
    return replace(
        registry,
        institutions=(*registry.institutions, added),
        connections=(*registry.connections, Connection("E5", "city", SINCE, None)),
    )


def equal_uploads(standings: tuple[HospitalStanding, ...]) -> DuckDBPyConnection:
    connection = warehouse_of(standings)
    connection.execute(
        "insert into scores.ledger by name select * replace ('E5' as org_code) from scores.ledger"
    )
    return connection


@pytest.mark.parametrize(
    ("standings", "problems"),
    [
        pytest.param(SHARING, [], id="shared"),
        pytest.param(
            (*SHARING[:4], replace(EQUAL, rank=2)),
            ["戊医院 名次 2，按台账应为 1"],
            id="one put behind its equal",
        ),
        pytest.param(
            (replace(UPLOADING, rank=2), *SHARING[1:4], replace(EQUAL, rank=2)),
            ["甲医院 名次 2，按台账应为 1", "戊医院 名次 2，按台账应为 1"],
            id="both share a wrong one",
        ),
        pytest.param(
            (UPLOADING, replace(SILENT, rank=1), *SHARING[2:]),
            ["乙医院 名次 1，按台账应为 3"],
            id="one that is no equal shares it, too",
        ),
        pytest.param(
            (UPLOADING, replace(SILENT, rank=2), *SHARING[2:]),
            ["乙医院 名次 2，按台账应为 3"],
            id="the next one does not leave their places free",
        ),
    ],
)
def test_equals_share_a_rank_and_nobody_else_does(
    standings: tuple[HospitalStanding, ...],
    problems: list[str],
    five: Registry,
    policy: Policy,
    tmp_path: Path,
) -> None:
    basis = replace(load_basis(QUARTER.year), registry=five, policy=policy)

    acceptance = accept_quarter(equal_uploads(standings), QUARTER, basis, tmp_path)

    assert list(acceptance.problems) == problems
