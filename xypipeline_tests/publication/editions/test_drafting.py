import json
from datetime import date
from pathlib import Path

import pytest

from xypipeline.errors import PublicationError
from xypipeline.publication.editions.drafting import keep_current
from xypipeline.publication.editions.transitions import publish_reviewed, review_draft
from xypipeline_tests.publication.editions.one_figure import snapshot_of
from xypipeline_tests.publication.editions.small_quarter import (
    NOW,
    TABLE,
    SmallQuarter,
    edition_tree,
    tree,
)

LATE_FILE = f"2023-04-10/B2/{TABLE}.late.csv"
LATE = f"新到文件 1 个（上传日 2023-04-10；如 {LATE_FILE}）"


def correction_of(folder: Path) -> list[tuple[str, ...]]:
    changes = json.loads((folder / "correction.json").read_bytes())["changes"]
    return [tuple(change[key] for key in ("hospital", "title", "old", "new", "reason")) for change in changes]


def times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_a_run_that_finds_nothing_new_touches_nothing(quarter: SmallQuarter) -> None:
    before = tree(quarter.folder), times(quarter.folder)

    outcome = quarter.run()

    assert (outcome.edition, outcome.state, outcome.folder) == (1, "draft", quarter.folder)
    assert (tree(quarter.folder), times(quarter.folder)) == before


def test_the_same_uploads_are_frozen_to_the_same_bytes_elsewhere(
    quarter: SmallQuarter, tmp_path: Path
) -> None:
    other = SmallQuarter(tmp_path / "elsewhere")
    other.set_up()
    for org_code, rows in (("B2", 100), ("A1", 1000)):
        other.deliver(org_code, date(2023, 6, 30), rows)
        other.deliver(org_code, date(2023, 4, 3), rows)
    other.run()

    assert tree(other.folder) == tree(quarter.folder)


def test_a_review_lasts_as_long_as_the_bytes_do(quarter: SmallQuarter) -> None:
    review_draft(quarter.folder, "李", NOW)

    assert quarter.run().state == "reviewed"
    quarter.deliver("B2", date(2023, 4, 4), 5)
    assert quarter.run().state == "draft"
    with pytest.raises(
        PublicationError, match=r"changed since 李 reviewed it \(2023-07-03T09:30:00\+08:00\)"
    ):
        publish_reviewed(quarter.folder, "王", NOW)


def test_a_document_that_is_no_longer_rendered_leaves_the_draft(tmp_path: Path) -> None:
    keep_current(tmp_path, snapshot_of(1), lambda: {"hospitals/A1.html": b"a", "hospitals/old/B2.html": b"b"})
    (tmp_path / "note.txt").write_text("the office's own")

    keep_current(tmp_path, snapshot_of(1), lambda: {"hospitals/A1.html": b"a"})

    assert (tmp_path / "hospitals" / "A1.html").read_bytes() == b"a"
    assert not (tmp_path / "hospitals" / "old").exists()
    assert (tmp_path / "note.txt").read_text() == "the office's own"


def test_a_published_edition_is_read_only_and_equals_what_is_in_force(published: SmallQuarter) -> None:
    edition = published.folder / "editions" / "1"

    assert tree(edition) == edition_tree(published.folder)
    assert {path.stat().st_mode & 0o777 for path in edition.rglob("*") if path.is_file()} == {0o444}


def test_a_published_quarter_with_unchanged_figures_is_left_alone_and_says_so(
    published: SmallQuarter,
) -> None:
    before = tree(published.folder), times(published.folder)

    outcome = published.run()

    assert outcome.told == "第 1 版已公布，数字没有变化，未作任何改动。"
    assert (tree(published.folder), times(published.folder)) == before


def test_a_late_file_leads_to_a_correction_of_exactly_the_cells_that_changed(published: SmallQuarter) -> None:
    before = tree(published.folder)
    published.deliver("B2", date(2023, 4, 10), 60, part="late")

    outcome = published.run()

    assert (outcome.edition, outcome.state) == (2, "draft")
    assert correction_of(outcome.folder) == [
        ("乙医院", "已上传数据量", "200", "260", LATE),
        ("乙医院", "上传中断天数", "89", "88", LATE),
        ("乙医院", "得分", "17.37", "17.71", LATE),
    ]
    assert {name: tree(published.folder)[name] for name in before} == before


def test_a_published_correction_is_in_force_and_the_first_edition_stays(published: SmallQuarter) -> None:
    first = tree(published.folder / "editions" / "1")
    published.deliver("B2", date(2023, 4, 10), 60, part="late")
    published.run()

    assert published.publish().edition == 2

    assert tree(published.folder / "editions" / "1") == first
    assert tree(published.folder / "editions" / "2") == edition_tree(published.folder)
    assert not (published.folder / "correction").exists()
    attachment = json.loads((published.folder / "attachment.json").read_bytes())
    assert attachment["rows"][1]["rows_uploaded"] == 260
    manifest = json.loads((published.folder / "manifest.json").read_bytes())
    assert (manifest["edition"], manifest["corrects"]) == (2, 1)
    assert published.run().told == "第 2 版已公布，数字没有变化，未作任何改动。"


def test_a_correction_that_is_no_longer_due_is_dropped(published: SmallQuarter) -> None:
    before = tree(published.folder)
    published.deliver("B2", date(2023, 4, 10), 60, part="late").unlink()
    published.run()

    with published.warehouse() as connection:
        for table in ("validated.tally", "raw.reading", "scores.ledger"):
            connection.execute(f"delete from {table} where upload_date = '2023-04-10'")
    published.run()

    assert tree(published.folder) == before


def test_what_somebody_changed_at_the_top_is_put_right_from_the_edition(published: SmallQuarter) -> None:
    before = tree(published.folder)
    (published.folder / "attachment.csv").write_text("better figures")
    (published.folder / "attachment.md").unlink()

    published.run()

    assert tree(published.folder) == before


def test_a_damaged_edition_stops_the_run_and_is_not_spread(published: SmallQuarter) -> None:
    attachment = published.folder / "editions" / "1" / "attachment.csv"
    attachment.chmod(0o644)
    attachment.write_text("damaged")
    before = tree(published.folder)

    with pytest.raises(PublicationError, match="attachment.csv.*\nRestore it from a backup"):
        published.run()

    assert tree(published.folder) == before


def test_a_correction_is_shown_in_every_form_with_blanks_named(published: SmallQuarter) -> None:
    published.write_rule(
        "connections.csv",
        "org_code,platform,valid_from,valid_to,note\nA1,city,2023-01-01,,\nB2,city,2023-01-01,,\n",
    )

    folder = published.run().folder

    shown = (folder / "correction.md").read_text(encoding="utf-8")
    reason = "医院名册（9.1 版）内容有改动"
    assert shown.splitlines()[4:] == [
        "| 序号 | 医院 | 栏目 | 原公布 | 更正为 | 更正原因 |",
        "| --- | --- | --- | --- | --- | --- |",
        f"| 1 | 丙医院 | 备注 | 已联通省全民健康信息平台 | 未联通 | {reason} |",
        f"| 2 | 丙医院 | 得分 | （空） | 0.00 | {reason} |",
        f"| 3 | 丙医院 | 名次 | （空） | 3 | {reason} |",
    ]
