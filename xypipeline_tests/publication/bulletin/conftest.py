from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from xypipeline.policy.policy import Policy, load_policy
from xypipeline.publication.bulletin.office import OfficeSettings, load_office
from xypipeline.publication.bulletin.render import render_bulletin
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.standing import HospitalStanding
from xypipeline_tests.publication.bulletin.samples import Render
from xypipeline_tests.publication.city import CITY, QUARTER


@pytest.fixture
def figures(policy: Policy) -> QuarterFigures:
    return QuarterFigures(QUARTER, CITY, policy)


@pytest.fixture
def office() -> OfficeSettings:
    """An office that has no files of its own."""
    return load_office(Path("absent"), QUARTER)


@pytest.fixture
def render() -> Render:
    """Renders some standings with some of the office's settings; the same are rendered once only."""
    return _render


@cache
def _render(standings: tuple[HospitalStanding, ...] = CITY, **settings: object) -> dict[str, bytes]:
    office = replace(load_office(Path("absent"), QUARTER), **settings)
    return render_bulletin(QuarterFigures(QUARTER, standings, load_policy(2023)), office)
