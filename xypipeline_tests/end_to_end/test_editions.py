"""A published quarter and a late file, through the command line."""

import json
from datetime import date
from pathlib import Path

import pytest

from xypipeline_tests.end_to_end.installation import Installation
from xypipeline_tests.orchestration.landing import upload, upload_days
from xypipeline_tests.publication.editions.small_quarter import tree

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.xdist_group("editions")]


def test_a_late_file_for_a_published_quarter_is_corrected_and_nothing_is_overwritten(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    upload_days(installation.landing_dir, [date(2023, 4, 1), date(2023, 4, 2)])
    installation.must("run", "2023-04-01..2023-04-02")
    installation.must("edition", "review", "2023Q2", "--by", "李四")
    installation.must("edition", "publish", "2023Q2", "--by", "王五")
    assert "全部相符" in installation.must("verify", "2023Q2", "--landing")
    folder = tmp_path / "publication" / "2023Q2"
    first = tree(folder)

    upload(installation.landing_dir, date(2023, 4, 3), "department", part="late")
    installation.must("run", "2023-04-03")

    assert first.items() <= tree(folder).items()
    changes = json.loads((folder / "correction" / "correction.json").read_bytes())["changes"]
    assert {change["hospital"] for change in changes} == {"信阳市中心医院"}
    assert [(change["column"], change["old"], change["new"]) for change in changes] == [
        ("rows_uploaded", "6", "7"),
        ("interruption_days", "89", "88"),
        ("last_upload_date", "2023-04-02", "2023-04-03"),
    ]
    reason = "新到文件 1 个（上传日 2023-04-03；如 2023-04-03/411500001/department.late.csv）"
    assert {change["reason"] for change in changes} == {reason}
    assert installation.call("verify", "2023Q2").returncode == 1

    installation.must("edition", "review", "2023Q2", "--by", "李四")
    installation.must("edition", "publish", "2023Q2", "--by", "王五")

    assert "全部相符" in installation.must("verify", "2023Q2", "--landing")
    assert tree(folder / "editions" / "1") == {
        name.removeprefix("editions/1/"): content
        for name, content in first.items()
        if name.startswith("editions/1/")
    }
