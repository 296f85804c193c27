from xypipeline.notices.breaches import MOST_HOSPITALS, MOST_NOTICES, Breach, breach_notices
from xypipeline.notices.notice import MOST_BYTES, Notice

DAY = "2023-04-05"
RUN = "http://city.example/runs/1"


def breach(rule_id: str, table: str, hospital: str, count: int, severity: str = "错误") -> Breach:
    link = f"http://city.example/{table}"
    return Breach(rule_id, f"规则{rule_id}", severity, severity == "致命", table, hospital, count, link)


def test_one_rule_over_many_tables_is_one_cause() -> None:
    notices = breach_notices(
        [
            breach("G06", "患者基本信息", "信阳市中心医院", 2),
            breach("G06", "人员信息", "信阳市中心医院", 5),
            breach("G06", "人员信息", "罗山县中医院", 4),
            breach("G01", "人员信息", "罗山县中医院", 3),
            breach("G01", "人员信息", "罗山县中医院", 1, "致命"),
        ],
        DAY,
        RUN,
    )

    assert notices == [
        Notice(
            cause="G01",
            title="检查未通过：G01 规则G01",
            lines=(
                "上传日：2023-04-05",
                "合计：4 处（错误 3，致命 1），1 张表，1 家医院",
                "- 罗山县中医院：4 处（人员信息 4）",
            ),
            link="http://city.example/人员信息",
        ),
        Notice(
            cause="G06",
            title="检查未通过：G06 规则G06",
            lines=(
                "上传日：2023-04-05",
                "合计：11 处（错误 11），2 张表，2 家医院",
                "- 信阳市中心医院：7 处（人员信息 5，患者基本信息 2）",
                "- 罗山县中医院：4 处（人员信息 4）",
            ),
            link="http://city.example/人员信息",
        ),
    ]


def test_what_is_too_much_for_one_notice_is_counted() -> None:
    hospitals = [breach("G06", "人员信息", f"医院{number:02}", 1) for number in range(MOST_HOSPITALS + 3)]
    tables = [breach("G07", f"表{number}", "医院", 1) for number in range(7)]

    by_hospital, by_table = breach_notices([*hospitals, *tables], DAY, RUN)

    assert by_hospital.lines[-1] == "- 另有 3 家医院"
    assert by_table.lines[-1] == "- 医院：7 处（表0 1，表1 1，表2 1，表3 1，表4 1，等 7 张表）"


def test_a_bad_day_does_not_flood_the_chat() -> None:
    notices = breach_notices(
        [breach(f"R{number:02}", "人员信息", "医院", 100 - number) for number in range(MOST_NOTICES + 2)],
        DAY,
        RUN,
    )

    assert [notice.cause for notice in notices] == [
        *(f"R{number:02}" for number in range(MOST_NOTICES - 1)),
        "rest",
    ]
    assert notices[-1] == Notice(
        cause="rest",
        title="检查未通过：另有 3 条规则",
        lines=(
            "上传日：2023-04-05",
            "- R09 规则R09：91 处",
            "- R10 规则R10：90 处",
            "- R11 规则R11：89 处",
        ),
        link=RUN,
    )


def test_no_breach_no_notice() -> None:
    assert breach_notices([], DAY, RUN) == []


def test_a_text_that_no_channel_takes_is_cut_at_a_line() -> None:
    text = Notice("G06", "", tuple("医院" * 100 for _ in range(10)), "").text

    assert len(text.encode()) <= MOST_BYTES
    assert text.splitlines() == ["医院" * 100] * 5 + ["……（已截断，详见界面）"]
