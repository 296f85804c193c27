import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from xypipeline.errors import PublicationError
from xypipeline.periods import Quarter
from xypipeline.verification.verdict import Verdict
from xypipeline.verification.verify import verify_quarter
from xypipeline_tests.publication.editions.small_quarter import QUARTER, SmallQuarter, tree


def verdicts(quarter: SmallQuarter) -> list[Verdict]:
    return list(verify_quarter(quarter.settings, QUARTER, with_landing=True))


def problems(quarter: SmallQuarter) -> list[str]:
    return [problem for verdict in verdicts(quarter) for problem in verdict.problems]


def overwrite(path: Path, old: str, new: str) -> None:
    """What nobody should do."""
    path.chmod(0o644)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def in_edition(name: str, old: str, new: str) -> Callable[[SmallQuarter], None]:
    return lambda quarter: overwrite(quarter.folder / "editions" / "1" / name, old, new)


def at_the_top(name: str, old: str, new: str) -> Callable[[SmallQuarter], None]:
    return lambda quarter: overwrite(quarter.folder / name, old, new)


def in_warehouse(statement: str) -> Callable[[SmallQuarter], None]:
    def change(quarter: SmallQuarter) -> None:
        with quarter.warehouse() as connection:
            connection.execute(statement)

    return change


def add_a_file(quarter: SmallQuarter) -> None:
    (quarter.folder / "editions" / "1" / "more.md").write_text("more")


def lose_a_file(quarter: SmallQuarter) -> None:
    (quarter.folder / "editions" / "1" / "attachment.md").unlink()


def lose_an_edition(quarter: SmallQuarter) -> None:
    shutil.rmtree(quarter.folder / "editions" / "1")


def an_edition_that_nobody_published(quarter: SmallQuarter) -> None:
    shutil.copytree(quarter.folder / "editions" / "1", quarter.folder / "editions" / "2")


def lose_the_warehouse(quarter: SmallQuarter) -> None:
    quarter.settings.warehouse_path.unlink()


def edit_an_upload(quarter: SmallQuarter) -> None:
    path = next(quarter.settings.landing_dir.glob("2023-04-03/B2/*"))
    path.write_text(path.read_text() + "one more\n")


def take_in_a_late_file(quarter: SmallQuarter) -> None:
    quarter.deliver("B2", date(2023, 4, 10), 60, part="late")
    quarter.run()


def test_what_was_published_verifies_and_is_not_touched(published: SmallQuarter) -> None:
    before = tree(published.data_dir)

    found = verdicts(published)

    assert [list(verdict.problems) for verdict in found] == [[]] * 8
    assert tree(published.data_dir) == before


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (in_edition("attachment.csv", "甲医院", "申医院"), ["attachment.csv：内容已变"]),
        (lose_a_file, ["attachment.md：缺失"]),
        (add_a_file, ["more.md：不在清单内"]),
        (at_the_top("attachment.md", "甲医院", "申医院"), ["attachment.md：内容已变"]),
        (in_edition("manifest.json", '"corrects": null', '"corrects": 7'), ["不是公布时的清单"]),
        (in_edition("manifest.json", "{", "["), ["manifest.json：PublicationError"]),
        (at_the_top("history.jsonl", '"manifest_sha256": "', '"manifest_sha256": "0'), ["不是公布时的清单"]),
        (in_edition("evidence/standing.csv", ",1,", ",2,"), ["evidence/standing.csv：内容已变"]),
        (lose_an_edition, ["manifest.json：FileNotFoundError"]),
        (an_edition_that_nobody_published, ["editions/2：history.jsonl 中没有公布记录"]),
        (lose_the_warehouse, ["nothing was run yet"]),
        (
            in_warehouse("update scores.standing set rank = 1 where org_code = 'B2'"),
            ["乙医院 rank：冻结 2，现为 1"],
        ),
        (in_warehouse("delete from scores.standing where org_code = 'C3'"), ["丙医院：现在没有这一行"]),
        (
            in_warehouse("update scores.table_standing set upload_days = 9 where rows_uploaded = 200"),
            ["乙医院 outpatient_charge upload_days：冻结 2，现为 9"],
        ),
        (
            in_warehouse(
                "update scores.ledger set records_new = 99 where records_new = 100 and month(upload_date) = 4"
            ),
            [
                "乙医院 outpatient_charge 2023-04-03 records_new：冻结 100，现为 99",
                "乙医院 rows_uploaded：冻结 200，现为 199",
                "乙医院 outpatient_charge rows_uploaded：冻结 200，现为 199",
            ],
        ),
        (
            in_warehouse(
                "update landing.arrival set sha256 = 'x' where org_code = 'A1' and month(upload_date) = 4"
            ),
            ["2023-04-03/A1/outpatient_charge.1.csv：公布后有变更"],
        ),
        (
            in_warehouse("delete from landing.arrival where org_code = 'A1' and month(upload_date) = 4"),
            ["2023-04-03/A1/outpatient_charge.1.csv：公布后不再在案"],
        ),
        (edit_an_upload, ["2023-04-03/B2/outpatient_charge.1.csv：公布后有变更"]),
        (
            take_in_a_late_file,
            ["乙医院 rows_uploaded：冻结 200，现为 260", "outpatient_charge.late.csv：公布后新到"],
        ),
    ],
)
def test_whatever_differs_is_named(
    published: SmallQuarter, tamper: Callable[[SmallQuarter], None], named: list[str]
) -> None:
    tamper(published)

    found = problems(published)

    assert found
    assert [text for text in named if not any(text in problem for problem in found)] == []


def test_after_a_correction_every_edition_verifies(published: SmallQuarter) -> None:
    take_in_a_late_file(published)
    published.publish()

    found = verdicts(published)

    assert [problem for verdict in found for problem in verdict.problems] == []
    assert [verdict.subject for verdict in found if "由该版冻结" in verdict.subject] == [
        "第 1 版的指标（由该版冻结的台账重新计算）",
        "第 2 版的指标（由该版冻结的台账重新计算）",
    ]


def test_old_figures_are_computed_with_the_rules_of_their_time(published: SmallQuarter) -> None:
    published.write_rule("2023.toml", "no policy any more")
    published.write_rule("connections.csv", "no register any more")

    assert problems(published) == []


def test_only_what_was_published_can_be_verified(quarter: SmallQuarter) -> None:
    with pytest.raises(PublicationError, match="2023Q2 has no published edition to verify"):
        list(verify_quarter(quarter.settings, QUARTER))
    with pytest.raises(PublicationError, match="2022Q1 has no published edition"):
        list(verify_quarter(quarter.settings, Quarter(2022, 1)))


def test_a_verdict_names_its_problems_and_of_very_many_the_first() -> None:
    assert Verdict("文件", "3 个").lines() == ["相符　文件：3 个"]
    lines = Verdict("文件", "30 个", [f"第 {number} 个" for number in range(25)]).lines()
    assert (lines[0], lines[1], lines[-1]) == (
        "不符　文件：25 处（30 个）",
        "　　　第 0 个",
        "　　　……另有 5 处",
    )
