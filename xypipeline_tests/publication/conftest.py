import pytest

from xypipeline.policy.policy import Policy, load_policy
from xypipeline.registry.model import Connection, Institution, Registry
from xypipeline_tests.publication.city import CITY, SINCE


@pytest.fixture
def policy() -> Policy:
    return load_policy(2023)


@pytest.fixture
def registry() -> Registry:
    return Registry(
        version="9.9",
        institutions=tuple(
            Institution(one.seq, one.org_code, one.hospital, one.district, "4115", "general", None, SINCE)
            for one in CITY
        ),
        connections=tuple(
            Connection(one.org_code, one.platform, SINCE, None) for one in CITY if one.platform
        ),
        exemptions=(),
    )
