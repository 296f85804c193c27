from xypipeline.publication.patrol import Patrol
from xypipeline.publication.patrol_message import message_lines, message_text
from xypipeline_tests.publication.patrols import BUSY, DAY, QUIET, silent, table


def test_a_day_with_everything() -> None:
    assert message_text(BUSY) == (
        "**每日巡查 2023-04-10（周一）**\n"
        "- 应上传 8 家：已上传 3 家，中断 4 家，从未上传 1 家；停机或停传 1 家\n"
        "- 平台中断（4月9日起多家同时中断）2 家：己医院、庚医院\n"
        "- 医院中断，今日新增 1 家：丁医院\n"
        "- 医院中断，持续 1 家：戊医院 7 天\n"
        "- 单表中断，甲医院 2 张：护理记录（4月10日起）、检验报告（4月8日起）\n"
        "- 首次上传 1 家：丙医院\n"
        "- 恢复上传 1 家：乙医院（中断 3 天）\n"
        "- 单表恢复 1 张：乙医院检查报告（中断 2 天）\n"
        "- 数据滞后 1 张：甲医院门急诊收费（6 天）\n"
    )


def test_a_quiet_day_is_one_line() -> None:
    assert message_lines(QUIET) == ("应上传 1 家：已上传 1 家，中断 0 家，从未上传 0 家",)


def test_long_lists_are_cut_and_counted() -> None:
    names = [f"第{number}医院" for number in range(1, 8)]
    hospitals = tuple(silent(seq, name, 10) for seq, name in enumerate(names, start=1))
    _, line = message_lines(Patrol(DAY, hospitals, (), ()))
    assert line == f"医院中断，今日新增 7 家：{'、'.join(names[:6])} 等共 7 家"


def test_hospitals_beyond_the_fifth_are_left_to_the_page() -> None:
    hospitals = tuple(silent(seq, f"{seq}院", 10) for seq in range(1, 8))
    tables = tuple(table(seq, f"{seq}院", "检验报告", since=10) for seq in range(1, 8))
    lines = message_lines(Patrol(DAY, hospitals, tables, ()))
    assert lines[-2:] == ("单表中断，5院 1 张：检验报告（4月10日起）", "单表中断，另有 2 家医院，见巡查页")


def test_even_the_worst_day_fits_a_work_chats_limit() -> None:
    name, title = "信阳职业技术学院附属医院", "住院病案首页手术操作记录"
    hospitals = tuple(silent(seq, name, 4 + seq % 2 * 6) for seq in range(1, 42))
    tables = tuple(table(seq, name, title, since=10) for seq in range(1, 42) for _ in range(31))
    # WeCom takes 4096 bytes.
    assert len(message_text(Patrol(DAY, hospitals, tables, BUSY.delays * 99)).encode()) < 4096
