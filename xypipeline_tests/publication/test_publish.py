import shutil
from dataclasses import replace

import pytest

from xypipeline.errors import PublicationError
from xypipeline.publication.publish import publish_quarter
from xypipeline_tests.publication.editions.conftest import drafted, published, quarter
from xypipeline_tests.publication.editions.small_quarter import (
    QUARTER,
    SmallQuarter,
    attachment_only,
    edition_tree,
    tree,
)

__all__ = ["drafted", "published", "quarter"]

ATTACHMENT = {"attachment.csv", "attachment.json", "attachment.md", "attachment.xlsx"}


def test_a_quarter_is_drafted_with_every_document_and_its_manifest(quarter: SmallQuarter) -> None:
    names = {name for name in edition_tree(quarter.folder) if not name.startswith("evidence/")}

    assert names >= ATTACHMENT | {"manifest.json"}


def test_contradictory_figures_change_nothing(quarter: SmallQuarter) -> None:
    before = tree(quarter.folder)

    with quarter.warehouse() as connection:
        connection.execute("update scores.standing set tier = 2 where org_code = 'A1'")
        with pytest.raises(PublicationError, match="甲医院 梯队 2，按台账应为 3"):
            publish_quarter(connection, QUARTER, quarter.basis(), quarter.folder, attachment_only)

    assert tree(quarter.folder) == before


def test_figures_of_another_policy_are_not_published(quarter: SmallQuarter) -> None:
    basis = quarter.basis()
    other = replace(basis, policy=replace(basis.policy, version="2099.1"))

    with (
        quarter.warehouse() as connection,
        pytest.raises(PublicationError, match="考核口径版本 2023.1，现行 2099.1"),
    ):
        publish_quarter(connection, QUARTER, other, quarter.folder, attachment_only)


def test_when_one_file_cannot_be_written_none_is_replaced(quarter: SmallQuarter) -> None:
    before = tree(quarter.folder)
    quarter.write_rule("registry.toml", 'version = "9.2"\n')
    # A file in the place of a folder, so that what belongs into it cannot be prepared.
    shutil.rmtree(quarter.folder / "evidence" / "registry")
    (quarter.folder / "evidence" / "registry").touch()

    with pytest.raises(OSError, match="evidence/registry"):
        quarter.run()

    left = tree(quarter.folder)
    assert {name: left[name] for name in ATTACHMENT} == {name: before[name] for name in ATTACHMENT}
    assert not [name for name in left if name.endswith(".part")]
