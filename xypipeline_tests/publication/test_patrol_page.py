import re
from html.parser import HTMLParser
from pathlib import Path

from xypipeline.publication.patrol_page import page_html, write_patrols
from xypipeline_tests.publication.patrols import BUSY, QUIET

BEFORE = "-" * 13


class Rows(HTMLParser):
    """The text of each table's cells; of a square only its class."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")
            self.is_in_cell = True
        elif tag == "i" and self.is_in_cell:
            self.rows[-1][-1] += dict(attrs)["class"] or "-"

    def handle_endtag(self, tag: str) -> None:
        self.is_in_cell = self.is_in_cell and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.is_in_cell:
            self.rows[-1][-1] += data


def rows(html: str) -> list[list[str]]:
    parser = Rows()
    parser.feed(html)
    return [row for row in parser.rows if row]


def test_every_finding_and_every_hospital_has_a_row() -> None:
    assert rows(page_html(BUSY)) == [
        ["己医院", "市直", "2023-04-09", "2", "2023-04-08", ""],
        ["庚医院", "市直", "2023-04-09", "2", "2023-04-08", ""],
        ["丁医院", "市直", "2023-04-10", "1", "2023-04-09", "今日新增"],
        ["戊医院", "市直", "2023-04-04", "7", "2023-04-03", ""],
        ["甲医院", "护理记录", "2023-04-10", "1", "2023-04-04", "今日新增"],
        ["甲医院", "检验报告", "2023-04-08", "3", "2023-04-04", ""],
        ["丙医院", "", "首次上传"],
        ["乙医院", "全部", "中断 3 天后恢复"],
        ["乙医院", "检查报告", "中断 2 天后恢复"],
        ["甲医院", "门急诊收费", "2023-04-04", "6"],
        ["1", "市直", "甲医院", "已上传", BEFORE + "uploaded", "2023-04-10", "0"],
        ["2", "市直", "乙医院", "已上传", BEFORE + "uploaded", "2023-04-10", "0"],
        ["3", "市直", "丙医院", "已上传", BEFORE + "uploaded", "2023-04-10", "0"],
        ["4", "市直", "丁医院", "中断", BEFORE + "silent", "2023-04-09", "1"],
        ["5", "市直", "戊医院", "中断", BEFORE + "silent", "2023-04-03", "7"],
        ["6", "市直", "己医院", "中断", BEFORE + "silent", "2023-04-08", "2"],
        ["7", "市直", "庚医院", "中断", BEFORE + "silent", "2023-04-08", "2"],
        ["8", "市直", "辛<医院>", "从未上传", BEFORE + "never_uploaded", "", ""],
        ["9", "市直", "壬医院", "停机或停传", BEFORE + "not_expected", "", ""],
        ["10", "市直", "癸医院", "未联通", BEFORE + "unconnected", "", ""],
        ["11", "市直", "子医院", "省平台", BEFORE + "province", "", ""],
    ]


def test_a_quiet_day_lists_the_hospitals_only() -> None:
    assert rows(page_html(QUIET)) == [
        ["1", "市直", "甲医院", "已上传", BEFORE + "uploaded", "2023-04-10", "0"]
    ]


def test_the_page_needs_no_network() -> None:
    assert re.findall(r"https?:|src=|href=|@import|url\(", page_html(BUSY)) == []


def test_page_and_message_are_replaced_by_the_same_bytes(tmp_path: Path) -> None:
    assert write_patrols([BUSY], tmp_path) == (tmp_path / "2023-04-10.html",)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write_patrols([BUSY], tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert set(before) == {"2023-04-10.html", "2023-04-10.md"}
