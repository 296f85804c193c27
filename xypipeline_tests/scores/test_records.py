import pytest

from xypipeline.scores import records
from xypipeline.scores.records import count_new_records
from xypipeline_tests.scores.uploads import TABLE, Upload, april, warehouse_with


@pytest.mark.parametrize("key_hash", ["hash(record_key)", "0::ubigint"], ids=["told apart", "all alike"])
@pytest.mark.parametrize(
    ("uploads", "new_by_day"),
    [
        pytest.param([Upload(1, "a"), Upload(1, "b"), Upload(2, "c")], {1: 2, 2: 1}, id="each key once"),
        pytest.param([Upload(1, "a"), Upload(2, "a"), Upload(3, "a")], {1: 1}, id="sent again"),
        pytest.param([Upload(1, "a"), Upload(1, "a", update=2)], {1: 1}, id="two versions on one day"),
        pytest.param([Upload(2, "a"), Upload(1, "a")], {1: 1}, id="loaded in the wrong order"),
        pytest.param([Upload(1, "a"), Upload(2, "a", update=2, flag="3")], {}, id="revoked"),
        pytest.param([Upload(1, "a", flag="3")], {}, id="revoked from the start"),
        pytest.param([Upload(1, "a", flag="3"), Upload(2, "a", update=2)], {1: 1}, id="restored"),
        pytest.param(
            [Upload(1, "a", update=2), Upload(2, "a", update=1, flag="3")],
            {1: 1},
            id="the update time decides before the upload date",
        ),
        pytest.param(
            [Upload(1, "a", flag="3"), Upload(2, "a")],
            {1: 1},
            id="equal update time: the upload date decides",
        ),
        pytest.param(
            [Upload(1, "a", flag="3"), Upload(1, "a")], {1: 1}, id="equal upload date: the line decides"
        ),
        pytest.param(
            [Upload(1, "a", update=None, flag="3"), Upload(1, "a")], {1: 1}, id="no update time is the oldest"
        ),
        pytest.param([Upload(1, "a", flag=None)], {1: 1}, id="without a flag it is not revoked"),
        pytest.param([Upload(1, "a", is_qualified=False)], {1: 1}, id="accepted is enough"),
        pytest.param(
            [Upload(1, "a"), Upload(9, "a", update=2, flag="3")], {1: 1}, id="revoked after the last day"
        ),
    ],
)
def test_a_record_is_new_on_its_first_day_unless_its_latest_version_revokes_it(
    uploads: list[Upload], new_by_day: dict[int, int], key_hash: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "_HASH", key_hash)
    (counted,) = count_new_records(warehouse_with(uploads), (TABLE,), april(1), april(8))
    assert counted.rows() == [("A", TABLE.code, april(day), new) for day, new in new_by_day.items()]


@pytest.mark.parametrize("key_hash", ["hash(record_key)", "0::ubigint"], ids=["told apart", "all alike"])
def test_hospitals_records_are_their_own(key_hash: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_HASH", key_hash)
    uploads = [Upload(1, "a", org_code="B"), Upload(3, "a", org_code="B", update=2, flag="3"), Upload(2, "a")]

    (counted,) = count_new_records(warehouse_with(uploads), (TABLE,), april(1), april(8))

    assert counted.rows() == [("A", TABLE.code, april(2), 1)]
