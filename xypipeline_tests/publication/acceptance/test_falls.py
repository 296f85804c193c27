"""A published quarter shrinks only by a correction that can say why."""

import pytest

from xypipeline.errors import PublicationError
from xypipeline_tests.publication.editions.conftest import drafted, published, quarter
from xypipeline_tests.publication.editions.small_quarter import SmallQuarter, tree

__all__ = ["drafted", "published", "quarter"]


def lose_a_record(quarter: SmallQuarter) -> None:
    with quarter.warehouse() as connection:
        connection.execute(
            "update scores.ledger set records_new = records_new - 1 "
            "where org_code = 'A1' and upload_date = '2023-06-30'"
        )


def test_a_figure_that_falls_for_no_known_reason_is_not_published(published: SmallQuarter) -> None:
    before = tree(published.folder)
    lose_a_record(published)

    with pytest.raises(PublicationError, match="甲医院 已上传数据量 1999，已公布 2000：查不到减少的原因"):
        published.run()

    assert tree(published.folder) == before


def test_a_figure_that_falls_with_the_register_becomes_a_correction(published: SmallQuarter) -> None:
    lose_a_record(published)
    published.write_rule("registry.toml", 'version = "9.2"\n')

    outcome = published.run()

    assert (outcome.edition, outcome.state) == (2, "draft")
    assert [(one.old, one.new) for one in outcome.changes if one.column == "rows_uploaded"] == [
        ("2000", "1999")
    ]


def test_a_draft_may_shrink(quarter: SmallQuarter) -> None:
    lose_a_record(quarter)

    assert quarter.run().state == "draft"
