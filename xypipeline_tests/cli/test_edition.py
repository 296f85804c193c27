from collections.abc import Callable
from datetime import date

import pytest
from typer.testing import CliRunner, Result

from xypipeline.cli import commands
from xypipeline.errors import PublicationError
from xypipeline_tests.publication.editions.conftest import drafted, published, quarter
from xypipeline_tests.publication.editions.small_quarter import SmallQuarter

__all__ = ["drafted", "published", "quarter"]

Call = Callable[..., Result]


@pytest.fixture
def call(quarter: SmallQuarter, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("XY_DATA_DIR", str(quarter.data_dir))
    monkeypatch.delenv("XY_LANDING_DIR", raising=False)
    return lambda *arguments: CliRunner().invoke(commands, arguments, catch_exceptions=False)


def listed(call: Call) -> list[list[str]]:
    return [line.split() for line in call("edition", "list", "2023Q2").stdout.splitlines()[2:]]


def test_an_edition_goes_from_draft_to_published(call: Call, quarter: SmallQuarter) -> None:
    assert listed(call) == [["1", "草稿", "2023-06-30", str(quarter.folder)]]

    reviewed = call("edition", "review", "2023Q2", "--by", "李四").stdout
    assert reviewed.startswith("第 1 版已由李四审核（")
    assert listed(call)[0][:4] == ["1", "已审核", "2023-06-30", "李四"]

    decided = call("edition", "publish", "2023q2", "--by", "王五").stdout
    assert decided.startswith("第 1 版已由王五公布（")
    row = listed(call)[0]
    assert (row[1], row[3], row[5], row[-1]) == (
        "已公布",
        "李四",
        "王五",
        str(quarter.folder / "editions" / "1"),
    )


def test_show_prints_folder_and_changed_cells(call: Call, published: SmallQuarter) -> None:
    published.deliver("B2", date(2023, 4, 10), 60, part="late")
    published.run()

    assert call("edition", "show", "2023Q2", "1").stdout.split() == [str(published.folder / "editions" / "1")]
    shown = call("edition", "show", "2023Q2", "2").stdout.splitlines()
    assert shown[0] == str(published.folder / "correction")
    assert [line.split()[:5] for line in shown[3:]] == [
        ["1", "乙医院", "已上传数据量", "200", "260"],
        ["2", "乙医院", "上传中断天数", "89", "88"],
        ["3", "乙医院", "得分", "17.37", "17.71"],
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["edition", "publish", "2023Q2", "--by", "王"], "edition 1 has not been reviewed"),
        (["edition", "review", "2023Q1", "--by", "王"], "holds no draft; run 2023Q1 first"),
        (["edition", "list", "2023Q1"], "2023Q1 holds no edition; run 2023Q1 first"),
        (["edition", "show", "2023Q2", "2"], "2023Q2 has no edition 2"),
        (["verify", "2023Q2"], "2023Q2 has no published edition to verify"),
    ],
)
def test_what_cannot_be_done_is_told(call: Call, arguments: list[str], message: str) -> None:
    with pytest.raises(PublicationError, match=message):
        call(*arguments)


def test_nobody_decides_without_a_name(call: Call) -> None:
    assert call("edition", "review", "2023Q2").exit_code == 2


def test_verify_says_what_it_checked_and_fails_by_its_exit(call: Call, published: SmallQuarter) -> None:
    verified = call("verify", "2023Q2", "--landing")
    assert verified.exit_code == 0
    assert verified.stdout.splitlines()[-1] == "共 8 项核对，全部相符。"

    (published.folder / "attachment.csv").write_text("better figures")
    failed = call("verify", "2023Q2")
    assert failed.exit_code == 1
    assert "不符　现行文件（应与第 1 版相同）：1 处（" in failed.stdout
    assert "　　　attachment.csv：内容已变" in failed.stdout
    assert failed.stdout.splitlines()[-1] == "共 7 项核对，1 项不符。"
