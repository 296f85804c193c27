from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from xypipeline.scores.ledger import build_ledger
from xypipeline.standard.catalogue import current_catalogue
from xypipeline_tests.scores.uploads import TABLE, Upload, add_file, april, read_ledger, warehouse_with

CATALOGUE = current_catalogue()

uploads = st.builds(
    Upload,
    day=st.integers(1, 4),
    key=st.sampled_from("abc"),
    update=st.one_of(st.none(), st.integers(0, 3)),
    flag=st.sampled_from(["1", "2", "3"]),
    org_code=st.sampled_from("AB"),
    is_qualified=st.booleans(),
)


def build(rows: list[Upload], first: int = 1, last: int = 30) -> list[tuple]:
    connection = warehouse_with(rows)
    build_ledger(connection, CATALOGUE, april(first), april(last))
    return read_ledger(connection)


def test_one_row_per_hospital_table_and_day_with_a_delivery() -> None:
    rows = [Upload(1, "a"), Upload(1, "b", is_qualified=False), Upload(2, "a"), Upload(2, "x", org_code="B")]
    assert build(rows) == [
        ("A", TABLE.code, april(1), 2, 2, 1, 0, 2),
        ("A", TABLE.code, april(2), 1, 1, 1, 0, 0),
        ("B", TABLE.code, april(2), 1, 1, 1, 0, 1),
    ]


def test_a_delivery_that_brought_nothing_is_a_row_of_zeros() -> None:
    connection = warehouse_with([Upload(1, "a")])
    add_file(connection, "A", 2, received=3, accepted=0)
    add_file(connection, "A", 3, received=0, accepted=None)
    assert build_ledger(connection, CATALOGUE, april(1), april(30)) == 3
    assert read_ledger(connection) == [
        ("A", TABLE.code, april(1), 1, 1, 1, 0, 1),
        ("A", TABLE.code, april(2), 3, 0, 0, 3, 0),
        ("A", TABLE.code, april(3), 0, 0, 0, 0, 0),
    ]


def test_files_of_one_day_are_one_delivery() -> None:
    connection = warehouse_with([Upload(1, "a")])
    add_file(connection, "A", 1, received=2, accepted=0)
    build_ledger(connection, CATALOGUE, april(1), april(30))
    assert read_ledger(connection) == [("A", TABLE.code, april(1), 3, 1, 1, 2, 1)]


def test_days_on_which_nothing_arrived_give_no_row() -> None:
    assert build([]) == []


def test_building_again_replaces_the_days_and_no_others() -> None:
    connection = warehouse_with([Upload(1, "a"), Upload(9, "b")])
    build_ledger(connection, CATALOGUE, april(1), april(30))
    before = read_ledger(connection)
    build_ledger(connection, CATALOGUE, april(1), april(8))
    assert read_ledger(connection) == before
    connection.execute("delete from raw.reading")
    build_ledger(connection, CATALOGUE, april(1), april(8))
    assert read_ledger(connection) == before[1:]


def test_a_day_sent_again_changes_nothing_but_the_delivery_counts() -> None:
    rows = [Upload(1, "a"), Upload(1, "b", flag="3"), Upload(2, "c")]
    again = [Upload(3, "a"), Upload(3, "b", flag="3")]
    assert build(rows + again) == [*build(rows), ("A", TABLE.code, april(3), 2, 2, 2, 0, 0)]


@settings(max_examples=20, deadline=None)
@given(rows=st.lists(uploads, max_size=12))
def test_new_records_add_up_to_the_keys_that_are_not_revoked(rows: list[Upload]) -> None:
    latest = {}
    for row in sorted(rows, key=lambda row: (-1 if row.update is None else row.update, row.day)):
        latest[row.org_code, row.key] = row
    # Within one update time and day the line decides; sorting is stable, so the later row has overwritten it.
    expected = Counter(org_code for (org_code, _), row in latest.items() if row.flag != "3")
    found = Counter()
    for org_code, *_, records_new in build(rows):
        found[org_code] += records_new
    assert +found == expected


@settings(max_examples=10, deadline=None)
@given(
    data=st.data(), rows=st.lists(uploads, max_size=8, unique_by=lambda row: (row.key, row.day, row.update))
)
def test_the_order_in_which_rows_were_loaded_does_not_matter(data: st.DataObject, rows: list[Upload]) -> None:
    shuffled = data.draw(st.permutations(rows))
    assert build(shuffled) == build(rows)
