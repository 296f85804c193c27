import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.validated.masking import masked
from xypipeline_tests.validated.rows import table_named

PATIENT = table_named("patient_info")
FIELDS = {
    "name": "patient_name",
    "id_no": "id_no",
    "phone": "phone",
    "address": "address",
    "none": "patient_id",
}


def _masked(sensitive: str, text: str | None) -> str | None:
    field = PATIENT.field(FIELDS[sensitive])
    assert field.sensitive == sensitive
    return (
        pl.DataFrame({"text": [text]}, schema={"text": pl.String})
        .select(masked(pl.col("text"), field))
        .item()
    )


@pytest.mark.parametrize(
    ("sensitive", "text", "shown"),
    [
        ("name", "张三丰", "张**"),
        ("name", "欧阳", "欧**"),
        ("name", "张", "**"),
        ("id_no", "411502199003077619", "411*************19"),
        ("id_no", "1234567", "123**67"),
        ("id_no", "123456", "******"),
        ("phone", "13812345678", "138******78"),
        ("phone", "110", "***"),
        ("address", "河南省信阳市浉河区四一路1号", "河南省信阳市***"),
        ("address", "信阳市浉河区", "***"),
        ("none", "P0001", "P0001"),
        ("none", "123456", "123456"),
        ("none", "身份证411502199003077619，男", "身份证411****19，男"),
        ("none", "４１１５０２１９９００３", "４１１****０３"),
        ("none", "很" * 41, "很" * 40),
    ],
)
def test_what_is_shown_of_a_value(sensitive: str, text: str, shown: str):
    assert _masked(sensitive, text) == shown


@pytest.mark.parametrize("sensitive", FIELDS)
def test_nothing_stays_nothing(sensitive: str):
    assert _masked(sensitive, None) is None


@given(
    st.sampled_from(["name", "id_no", "phone", "address"]),
    st.text(st.characters(exclude_characters="*", exclude_categories=["Cs"]), min_size=1, max_size=40),
)
def test_no_sensitive_value_survives(sensitive: str, text: str):
    visible = _masked(sensitive, text).replace("*", "")
    assert len(visible) <= {"name": 1, "id_no": 5, "phone": 5, "address": 6}[sensitive]
    assert len(visible) < len(text)


@given(st.text(max_size=60), st.from_regex(r"[0-9]{7,18}", fullmatch=True), st.text(max_size=60))
def test_no_long_number_survives_in_any_field(before: str, number: str, after: str):
    shown = _masked("none", before + number + after)
    assert not re.search(r"\d{7}", shown)
    assert len(shown) <= 40
