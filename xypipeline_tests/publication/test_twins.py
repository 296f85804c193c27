import json
from dataclasses import replace

import pytest

from xypipeline.errors import PublicationError
from xypipeline.policy.policy import Policy
from xypipeline.publication.attachment import compose_attachment
from xypipeline.publication.twins import csv_bytes, json_bytes
from xypipeline_tests.publication.city import CITY, UPLOADING

BLANKS = {
    "tables_uploaded": None,
    "completeness_pct": None,
    "rows_uploaded": None,
    "interruption_days": None,
    "last_upload_date": None,
}
EXPECTED = {
    "period": "2023Q2",
    "as_of": "2023-06-30",
    "standard_version": "2023.1",
    "policy_version": "2023.1",
    "rows": [
        {
            "seq": 1,
            "district": "市直",
            "org_code": "A1",
            "hospital": "甲医院",
            "tables_uploaded": 31,
            "completeness_pct": 60.78,
            "rows_uploaded": 1000,
            "interruption_days": 3,
            "last_upload_date": "2023-06-29",
            "remark": None,
            "tier": 1,
            "score": 32.16,
            "rank": 1,
        },
        {
            "seq": 2,
            "district": "市直",
            "org_code": "B2",
            "hospital": "乙医院",
            **BLANKS,
            "remark": "未上传数据",
            "tier": 4,
            "score": 10.0,
            "rank": 2,
        },
        {
            "seq": 3,
            "district": "新县",
            "org_code": "C3",
            "hospital": "丙医院",
            **BLANKS,
            "remark": "已联通省全民健康信息平台",
            "tier": None,
            "score": None,
            "rank": None,
        },
        {
            "seq": 4,
            "district": "新县",
            "org_code": "D4",
            "hospital": "丁医院",
            **BLANKS,
            "remark": "未联通",
            "tier": None,
            "score": 0.0,
            "rank": 3,
        },
    ],
}


def test_the_json_is_the_contract_key_by_key(policy: Policy) -> None:
    text = json_bytes(compose_attachment(CITY, policy.decimals)).decode()

    assert json.loads(text) == EXPECTED
    # Order counts, too, and people read it.
    assert text == json.dumps(EXPECTED, ensure_ascii=False, indent=2) + "\n"


def test_the_csv_is_the_same_table_and_opens_in_excel(policy: Policy) -> None:
    assert csv_bytes(compose_attachment(CITY, policy.decimals)).decode() == (
        "\ufeffseq,district,org_code,hospital,tables_uploaded,completeness_pct,rows_uploaded,"
        "interruption_days,last_upload_date,remark,tier,score,rank\r\n"
        "1,市直,A1,甲医院,31,60.78,1000,3,2023-06-29,,1,32.16,1\r\n"
        "2,市直,B2,乙医院,,,,,,未上传数据,4,10.00,2\r\n"
        "3,新县,C3,丙医院,,,,,,已联通省全民健康信息平台,,,\r\n"
        "4,新县,D4,丁医院,,,,,,未联通,,0.00,3\r\n"
    )


def test_decimals_follow_the_policy(policy: Policy) -> None:
    decimals = {**policy.decimals, "completeness_pct": 1, "score": 0}
    row = compose_attachment((UPLOADING,), decimals).rows[0]

    assert (str(row.completeness_pct), str(row.score)) == ("60.8", "32")


def test_a_hospital_that_uploaded_no_row_worth_counting_has_no_share_of_qualified_rows(
    policy: Policy,
) -> None:
    silent = replace(UPLOADING, tables_uploaded=0, rows_uploaded=0)

    assert compose_attachment((silent,), policy.decimals).rows[0].qualified_pct is None


def test_nobody_is_no_attachment(policy: Policy) -> None:
    with pytest.raises(PublicationError, match="no hospital"):
        compose_attachment((), policy.decimals)
