from pathlib import Path

import pytest

from xypipeline.publication.acceptance.page import SHOWN, keep_page
from xypipeline.publication.acceptance.verdict import Acceptance, Finding, Verdict

KEPT = 3


def acceptance_with(*problems: str) -> Acceptance:
    kind = "expect_column_pair_values_to_be_equal"
    finding = Finding(kind, "上传表数量与台账合计一致", "critical", problems)
    return Acceptance("2023Q2", (Verdict("agrees_with_ledger", 41, (finding,)),))


def test_the_page_names_what_is_wrong_and_loads_nothing(tmp_path: Path) -> None:
    page = keep_page(acceptance_with("甲医院 上传表数量 31，台账合计 <30>"), tmp_path, KEPT)

    text = page.read_text("utf-8")
    assert page == tmp_path / "2023Q2" / "index.html"
    assert "甲医院 上传表数量 31，台账合计 &lt;30&gt;" in text
    assert "未通过，不予发布：1 处" in text
    assert "http" not in text.replace("http-equiv", "")
    assert "default-src 'none'" in text.replace("&#39;", "'")
    assert "<script" not in text


def test_a_sound_quarter_says_so(tmp_path: Path) -> None:
    assert "全部通过" in keep_page(acceptance_with(), tmp_path, KEPT).read_text("utf-8")


def test_only_the_first_problems_of_an_expectation_are_listed(tmp_path: Path) -> None:
    problems = [f"第 {number} 家医院" for number in range(1, SHOWN + 2)]

    text = keep_page(acceptance_with(*problems), tmp_path, KEPT).read_text("utf-8")

    assert [one for one in problems if f"<li>{one}</li>" in text] == problems[:SHOWN]
    assert f"共 {SHOWN + 1} 处" in text


@pytest.mark.parametrize("repeated", [1, 2])
def test_each_outcome_is_kept_once_and_only_the_latest_ones(repeated: int, tmp_path: Path) -> None:
    for number in range(1, KEPT + 3):
        for _ in range(repeated):
            keep_page(acceptance_with(f"第 {number} 次"), tmp_path, KEPT)

    folder = tmp_path / "2023Q2"
    assert {path.name for path in folder.iterdir()} == {"index.html", "3.html", "4.html", "5.html"}
    assert "第 5 次" in (folder / "5.html").read_text("utf-8")
    assert 'href="4.html"' in (folder / "index.html").read_text("utf-8")


def test_a_smaller_number_drops_the_older_ones_with_the_next_outcome(tmp_path: Path) -> None:
    for number, kept in enumerate((KEPT, KEPT, KEPT, 1), start=1):
        page = keep_page(acceptance_with(f"第 {number} 次"), tmp_path, kept)

    assert {path.name for path in page.parent.iterdir()} == {"index.html", "4.html"}
