from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from xypipeline.errors import PublicationError
from xypipeline.publication.bulletin.office import WORDING, OfficeSettings, load_office
from xypipeline.publication.bulletin.render import render_bulletin
from xypipeline.publication.figures import QuarterFigures
from xypipeline_tests.publication.bulletin.samples import Render
from xypipeline_tests.publication.city import CITY, QUARTER, UPLOADING


def test_the_markdown_is_the_whole_bulletin(render: Render) -> None:
    markdown = render(number="信卫信息函〔2023〕4号", issued_on=date(2023, 7, 1))["bulletin.md"].decode()

    assert markdown == Path(__file__).with_name("bulletin.md").read_text(encoding="utf-8")


def test_the_same_figures_give_the_same_bytes(figures: QuarterFigures, office: OfficeSettings) -> None:
    first, second = render_bulletin(figures, office), render_bulletin(figures, office)

    assert sorted(first) == ["attachment.pdf", "bulletin.docx", "bulletin.md", "bulletin.pdf"]
    assert first == second


def test_interruptions_are_told_with_their_days(render: Render) -> None:
    interrupted = replace(UPLOADING, interruption_days=12, is_good_continuity=False)
    silent = replace(interrupted, hospital="戊医院", interruption_days=20, last_upload_date=date(2023, 6, 19))
    markdown = render((UPLOADING, interrupted, silent, *CITY[1:]))["bulletin.md"].decode()

    assert (
        "数据连续性方面，甲医院1所医院数据上传良好（上传中断不超过10天），其他医院出现部分数据上传中断或完全中断。\n\n"
        "部分中断（括号内为上传中断天数）：甲医院（12天）1所医院。\n\n"
        "完全中断（截至2023年6月30日超过10天未上传，括号内为上传中断天数）："
        "戊医院（20天）1所医院；另有第四梯队1所医院未上传数据。"
    ) in markdown


def test_a_running_quarter_is_called_a_draft_of_its_cut_off_day(render: Render) -> None:
    running = tuple(replace(one, as_of=date(2023, 5, 15)) for one in CITY)
    markdown = render(running)["bulletin.md"].decode()

    assert "互联互通工作的通报（草稿）\n" in markdown
    assert "现将截至2023年5月15日全市" in markdown
    assert "注：统计时间截至2023年5月15日" in markdown


def test_the_office_edits_words_and_the_figures_come_along(figures: QuarterFigures, tmp_path: Path) -> None:
    packaged = load_office(tmp_path, QUARTER).wording
    edited = packaged.replace("推进区域内互联互通。", "稳步推进区域内互联互通（{{ access_rate }}）。")
    (tmp_path / WORDING).write_text(edited, encoding="utf-8")

    markdown = render_bulletin(figures, load_office(tmp_path, QUARTER))["bulletin.md"].decode()
    assert "稳步推进区域内互联互通（75%）。" in markdown


def test_an_error_in_the_offices_wording_names_its_file_and_line(
    figures: QuarterFigures, tmp_path: Path
) -> None:
    (tmp_path / WORDING).write_text("# 通报\n\n{{ conected }}家\n", encoding="utf-8")

    with pytest.raises(PublicationError) as told:
        render_bulletin(figures, load_office(tmp_path, QUARTER))
    assert str(told.value) == f"{tmp_path / WORDING}, line 3: 'conected' is undefined. Mend the wording."
