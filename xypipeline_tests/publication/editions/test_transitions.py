from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from xypipeline.errors import PublicationError
from xypipeline.publication.editions.drafting import keep_current
from xypipeline.publication.editions.files import append_line
from xypipeline.publication.editions.history import Decision, read_history
from xypipeline.publication.editions.period_folder import PeriodFolder
from xypipeline.publication.editions.transitions import publish_reviewed, repair, review_draft
from xypipeline_tests.publication.editions.one_figure import snapshot_of
from xypipeline_tests.publication.editions.small_quarter import NOW, tree


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Edition 1 is a draft."""
    folder = tmp_path / "2023Q2"
    keep_current(folder, snapshot_of(1), lambda: {"attachment.json": b"1"})
    return folder


def decide(folder: Path) -> None:
    review_draft(folder, "李", NOW)
    publish_reviewed(folder, "王", NOW)


def test_each_decision_is_on_record_with_name_and_local_time(folder: Path) -> None:
    manifest_sha256 = PeriodFolder(folder).draft().manifest_sha256

    review_draft(folder, " 李  四 ", NOW)
    publish_reviewed(folder, "王五", datetime(2023, 7, 3, 18, 5, 9, 123, tzinfo=UTC))

    assert read_history(folder) == (
        Decision(1, "reviewed", "李 四", "2023-07-03T09:30:00+08:00", manifest_sha256),
        Decision(1, "published", "王五", "2023-07-04T02:05:09+08:00", manifest_sha256),
    )


@pytest.mark.parametrize("act", [review_draft, publish_reviewed])
def test_there_must_be_a_draft(act: Callable, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="2023Q3 holds no draft; run 2023Q3 first"):
        act(tmp_path / "2023Q3", "王", NOW)

    decide(folder)
    with pytest.raises(PublicationError, match="published as edition 1, and there is no correction"):
        act(folder, "王", NOW)


def test_a_draft_is_reviewed_before_it_is_published(folder: Path) -> None:
    with pytest.raises(
        PublicationError, match="edition 1 has not been reviewed; look through .*2023Q2, then"
    ):
        publish_reviewed(folder, "王", NOW)


@pytest.mark.parametrize("act", [review_draft, publish_reviewed])
def test_a_draft_that_somebody_edited_is_no_longer_the_one_that_was_drafted(
    act: Callable, folder: Path
) -> None:
    review_draft(folder, "李", NOW)
    (folder / "attachment.json").write_text("2")

    with pytest.raises(PublicationError, match=r"(?s)attachment.json：内容已变.*Run 2023Q2 again"):
        act(folder, "王", NOW)


def test_nobody_decides_without_a_name(folder: Path) -> None:
    with pytest.raises(PublicationError, match="--by 姓名"):
        review_draft(folder, " \n", NOW)

    assert read_history(folder) == ()


def test_a_torn_line_is_no_decision_and_the_next_one_takes_its_place(folder: Path) -> None:
    review_draft(folder, "李", NOW)
    history = folder / "history.jsonl"
    whole = history.read_bytes()
    history.write_bytes(whole + b'{"edition": 1, "state": "publ')

    assert len(read_history(folder)) == 1
    append_line(history, b"{}")
    assert history.read_bytes() == whole + b"{}\n"


def test_a_damaged_line_of_history_stops_everything(folder: Path) -> None:
    (folder / "history.jsonl").write_text("{}\n")

    with pytest.raises(PublicationError, match="history.jsonl:1 is damaged"):
        repair(folder)


def test_a_lost_history_does_not_cost_an_edition(folder: Path) -> None:
    decide(folder)
    (folder / "history.jsonl").unlink()
    before = tree(folder)

    with pytest.raises(
        PublicationError, match="editions/1 is an edition that .*history.jsonl does not know of"
    ):
        repair(folder)

    assert tree(folder) == before


def test_a_lost_edition_is_not_published_anew(folder: Path) -> None:
    decide(folder)
    edition = folder / "editions" / "1"
    edition.rename(folder / "elsewhere")

    with pytest.raises(PublicationError, match="restore it from a backup"):
        repair(folder)
