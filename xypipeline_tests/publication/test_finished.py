import json
from dataclasses import replace
from pathlib import Path

import pytest

from xypipeline.errors import PublicationError
from xypipeline.periods import Quarter
from xypipeline.publication.editions.drafting import keep_current
from xypipeline.publication.editions.transitions import publish_reviewed, review_draft
from xypipeline.publication.finished import finished_quarters
from xypipeline_tests.publication.editions.one_figure import FACTS, snapshot_of
from xypipeline_tests.publication.editions.small_quarter import NOW


def draft(publication_dir: Path, name: str, as_of: str) -> Path:
    facts = replace(FACTS, period=name, as_of=as_of)
    attachment = json.dumps({"period": name, "as_of": as_of}).encode()
    keep_current(publication_dir / name, snapshot_of(1, facts), lambda: {"attachment.json": attachment})
    return publication_dir / name


def publish(publication_dir: Path, name: str, as_of: str) -> None:
    folder = draft(publication_dir, name, as_of)
    review_draft(folder, "李", NOW)
    publish_reviewed(folder, "王", NOW)


def test_a_quarter_is_finished_when_a_published_edition_counts_its_last_day(tmp_path: Path) -> None:
    publish(tmp_path, "2023Q2", "2023-06-30")
    publish(tmp_path, "2023Q1", "2023-03-31")
    publish(tmp_path, "2023Q3", "2023-09-29")
    draft(tmp_path, "2023Q4", "2023-12-31")
    (tmp_path / "patrol").mkdir()
    (tmp_path / "2024Q1").mkdir()

    assert finished_quarters(tmp_path) == [Quarter(2023, 1), Quarter(2023, 2)]


def test_before_the_first_publication_nothing_is_finished(tmp_path: Path) -> None:
    assert finished_quarters(tmp_path / "publication") == []


def test_a_damaged_edition_is_told_rather_than_guessed(tmp_path: Path) -> None:
    publish(tmp_path, "2023Q2", "2023-06-30")
    manifest = tmp_path / "2023Q2" / "editions" / "1" / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_text(manifest.read_text().replace("2023-06-30", "2023-06-29"))

    with pytest.raises(PublicationError, match="editions/1 is not the edition 1 that was published"):
        finished_quarters(tmp_path)
