import json
from pathlib import Path

from xypipeline.periods import Quarter
from xypipeline.publication.finished import finished_quarters


def publish(folder: Path, name: str, as_of: str) -> None:
    (folder / name).mkdir(parents=True)
    attachment = {"period": name, "as_of": as_of}
    (folder / name / "attachment.json").write_text(json.dumps(attachment), encoding="utf-8")


def test_a_quarter_is_finished_when_its_attachment_counts_its_last_day(tmp_path: Path) -> None:
    publish(tmp_path, "2023Q2", "2023-06-30")
    publish(tmp_path, "2023Q1", "2023-03-31")
    publish(tmp_path, "2023Q3", "2023-09-29")
    publish(tmp_path, "patrol", "2023-06-30")
    (tmp_path / "2023Q4").mkdir()

    assert finished_quarters(tmp_path) == [Quarter(2023, 1), Quarter(2023, 2)]


def test_before_the_first_publication_nothing_is_finished(tmp_path: Path) -> None:
    assert finished_quarters(tmp_path / "publication") == []
