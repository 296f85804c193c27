"""Every rule across rows finds its fault, through the command line."""

import pytest

from xypipeline_tests.end_to_end.fault_report import inexact, install_model_hospitals, report_of
from xypipeline_tests.end_to_end.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.xdist_group("model")]
WITHOUT_FAULT = "411500001"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_model_hospitals(tmp_path_factory.mktemp("model"))


def test_every_fault_is_found_and_nothing_else(model: Installation) -> None:
    assert inexact(report_of([model])).rows() == []


def test_nothing_is_found_where_there_is_no_fault(model: Installation) -> None:
    assert model.query(f"select * from validated.finding where org_code = '{WITHOUT_FAULT}'").is_empty()
    uploaded = model.query(f"select * from scores.ledger where org_code = '{WITHOUT_FAULT}'")
    assert uploaded["table_code"].n_unique() == 51


def test_the_rules_were_computed_without_error(model: Installation) -> None:
    assert model.query("select * from validated.rule_error").is_empty()
