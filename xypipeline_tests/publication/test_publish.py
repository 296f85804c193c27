from dataclasses import replace
from pathlib import Path

import pytest

from xypipeline.errors import PublicationError
from xypipeline.policy.policy import Policy
from xypipeline.publication.publish import publish_attachment
from xypipeline.registry.model import Registry
from xypipeline.standard.catalogue import current_catalogue
from xypipeline_tests.publication.city import CITY, QUARTER, UPLOADING, warehouse_of

NAMES = ["attachment.csv", "attachment.json", "attachment.md", "attachment.xlsx"]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_quarter_is_published_in_every_form_and_again_with_the_same_bytes(
    registry: Registry, policy: Policy, tmp_path: Path
) -> None:
    connection = warehouse_of(CITY)
    arguments = (connection, QUARTER, current_catalogue(), registry, policy)

    published = publish_attachment(*arguments, tmp_path / "once")
    publish_attachment(*arguments, tmp_path / "again")

    assert sorted(contents(tmp_path / "once")) == NAMES
    assert sorted(published.paths) == [tmp_path / "once" / name for name in NAMES]
    assert contents(tmp_path / "once") == contents(tmp_path / "again")


def test_contradictory_figures_are_not_published_and_what_was_published_stays(
    registry: Registry, policy: Policy, tmp_path: Path
) -> None:
    (tmp_path / "attachment.json").write_text("earlier")
    connection = warehouse_of((replace(UPLOADING, tier=3), *CITY[1:]))

    with pytest.raises(PublicationError, match="甲医院: tier is 3"):
        publish_attachment(connection, QUARTER, current_catalogue(), registry, policy, tmp_path)

    assert contents(tmp_path) == {"attachment.json": b"earlier"}


def test_when_one_file_cannot_be_written_none_is_replaced(
    registry: Registry, policy: Policy, tmp_path: Path
) -> None:
    (tmp_path / "attachment.md").write_text("earlier")
    # A folder in the place of the last file that is prepared.
    (tmp_path / ".attachment.json.part").mkdir()
    connection = warehouse_of(CITY)

    with pytest.raises(OSError, match="attachment.json"):
        publish_attachment(connection, QUARTER, current_catalogue(), registry, policy, tmp_path)

    assert contents(tmp_path) == {"attachment.md": b"earlier"}
