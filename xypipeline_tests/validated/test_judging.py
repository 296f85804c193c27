import traceback

import polars as pl
import pytest

from xypipeline.standard.schemas import Breach
from xypipeline.validated.judging import failures_of
from xypipeline_tests.validated.rows import conformed, table_named

SECRET = "411502199003077619"
TABLE = table_named("patient_info")


def _conformed() -> pl.DataFrame:
    return conformed(TABLE.code, {"sex_code": "1"}, {"sex_code": "7", "id_no": SECRET})


def test_a_failure_tells_row_rule_and_column():
    breaches = [("G06", Breach("sex_code", pl.col("sex_code") == "7"))]
    assert failures_of(_conformed(), TABLE, breaches).rows() == [(1, "G06", "sex_code")]


def test_the_rules_of_one_column_are_told_apart():
    sex = pl.col("sex_code")
    breaches = [("G06", Breach("sex_code", sex == "7")), ("G01", Breach("sex_code", sex.is_not_null()))]
    assert sorted(failures_of(_conformed(), TABLE, breaches).rows()) == [
        (0, "G01", "sex_code"),
        (1, "G01", "sex_code"),
        (1, "G06", "sex_code"),
    ]


def test_a_null_is_no_breach():
    breaches = [("G05", Breach("id_no", pl.col("id_no") == "1"))]
    assert failures_of(_conformed(), TABLE, breaches).is_empty()


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(pl.col("id_no").cast(pl.Int8) > 0, id="a check fails on a value"),
        pytest.param(pl.col("absent") > 0, id="a check asks for a column that is none"),
    ],
)
def test_a_bug_in_a_check_is_raised_and_no_finding_and_quotes_no_value(broken: pl.Expr):
    breaches = [("G05", Breach("id_no", broken))]
    with pytest.raises(RuntimeError, match="CHECK_ERROR") as caught:
        failures_of(_conformed(), TABLE, breaches)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
