from xypipeline.periods import Quarter
from xypipeline.scores.figures import measure_uploads
from xypipeline.scores.store import create_tables
from xypipeline.scores.table_standing import stand_tables
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.scores.uploads import april, store_ledger

CATALOGUE = current_catalogue()


def test_each_hospital_has_each_required_table_also_those_it_never_sent() -> None:
    connection = connect_in_memory()
    counts = {"rows_received": 2, "rows_accepted": 2, "rows_qualified": 1, "records_new": 2}
    store_ledger(connection, [{"org_code": "A", "table_code": "staff", "upload_date": april(3), **counts}])
    measured = measure_uploads(connection, april(1), april(5))
    found = stand_tables(measured, {"B": 0, "A": 5}, set(), CATALOGUE, Quarter(2023, 2), april(5))
    assert found.select("org_code", "table_code").rows() == [
        (org_code, table_code) for org_code in "BA" for table_code in CATALOGUE.tables
    ]
    never_sent = {(*row[:2], *row[4:]) for row in found.rows() if row[2:4] != ("A", "staff")}
    period = ("2023Q2", april(5))
    assert never_sent == {(*period, True, 0, 0, days, None, None, None, None, 0, 0) for days in (0, 5)}
    sent = [row for row in found.rows() if row[2:4] == ("A", "staff")]
    # No expected day was stored here, so there is none that could be interrupted.
    assert sent == [(*period, "A", "staff", True, 2, 1, 5, None, None, april(3), 2, 2, 1)]


def test_what_a_hospital_is_excused_from_is_not_applicable_to_it() -> None:
    connection = connect_in_memory()
    create_tables(connection)
    measured = measure_uploads(connection, april(1), april(5))
    excused = {("A", "staff"), ("B", "department")}
    found = stand_tables(measured, {"B": 5, "A": 5}, excused, CATALOGUE, Quarter(2023, 2), april(5))
    rows = found.filter(~found["is_applicable"]).select("org_code", "table_code").rows()
    assert rows == [("B", "department"), ("A", "staff")]
    assert found["is_applicable"].len() == 2 * len(CATALOGUE.tables)
