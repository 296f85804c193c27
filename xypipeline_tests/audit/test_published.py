import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xypipeline.audit.published import HospitalFigures, PublishedFigures, load_published, parse_published
from xypipeline.errors import AuditError
from xypipeline.periods import Quarter
from xypipeline.publication.attachment import compose_attachment
from xypipeline.publication.twins import json_bytes
from xypipeline_tests.publication.city import CITY

DECIMALS = {"completeness_pct": 2, "qualified_pct": 2, "score": 2}


def test_our_own_attachment_json_is_read_back_exactly() -> None:
    content = json_bytes(compose_attachment(CITY, DECIMALS))

    assert parse_published(content) == PublishedFigures(
        quarter=Quarter(2023, 2),
        as_of=date(2023, 6, 30),
        tables_required=51,
        rows=(
            HospitalFigures(
                hospital="甲医院",
                seq=1,
                district="市直",
                tables_uploaded=31,
                completeness_pct=Decimal("60.78"),
                rows_uploaded=1000,
                interruption_days=3,
                last_upload_date=date(2023, 6, 29),
                tier=1,
                score=Decimal("32.16"),
                rank=1,
            ),
            HospitalFigures("乙医院", 2, "市直", remark="未上传数据", tier=4, score=Decimal("10.0"), rank=2),
            HospitalFigures("丙医院", 3, "新县", remark="已联通省全民健康信息平台"),
            HospitalFigures("丁医院", 4, "新县", remark="未联通", score=Decimal("0.0"), rank=3),
        ),
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"period": "2023Q9"}',
        json_bytes(compose_attachment(CITY, DECIMALS)).replace(b"seq", b"no"),
    ],
)
def test_what_is_no_attachment_is_refused(content: bytes) -> None:
    with pytest.raises(AuditError, match="it is no attachment of a published quarter"):
        parse_published(content)


def test_an_unknown_standard_is_named() -> None:
    standings = tuple(replace(one, standard_version="1999.1") for one in CITY)

    with pytest.raises(AuditError, match="the standard '1999.1', which is not installed"):
        parse_published(json_bytes(compose_attachment(standings, DECIMALS)))


def test_a_quarter_that_is_not_published_is_answered_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match=r"2023Q3 is not published; run `xypipeline run 2023Q3` first"):
        load_published(tmp_path / "2023Q3" / "attachment.json")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "attachment.json"
    path.write_text(json.dumps({"period": "2023Q2"}))

    with pytest.raises(AuditError, match=rf"^{path}: it is no attachment"):
        load_published(path)
