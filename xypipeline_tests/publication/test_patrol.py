from xypipeline.publication.patrol import read_patrols
from xypipeline_tests.scores.calendars import CATALOGUE, april, patrol, registry, warehouse_with


def test_what_was_found_is_read_with_names_and_the_days_before() -> None:
    hospitals = registry({"A": "city", "B": "city", "C": None})
    connection = warehouse_with("A ######\nA/lab_report ####..\nB ##..##")
    patrol(connection, hospitals, 1, 6)
    earlier, last = read_patrols(connection, CATALOGUE, hospitals, [april(5), april(6)])

    assert [(one.name, one.state, one.days_since_last_upload) for one in earlier.hospitals] == [
        ("A医院", "uploaded", 0),
        ("B医院", "uploaded", 0),
        ("C医院", "unconnected", None),
    ]
    assert [(one.name, one.returned_after_days) for one in earlier.returned] == [("B医院", 2)]
    assert [(one.hospital, one.title, one.silent_days) for one in last.silent_tables] == [
        ("A医院", CATALOGUE.tables["lab_report"].title_zh, 2)
    ]
    assert (earlier.expected, last.returned, last.delays) == (2, [], ())
    assert last.hospitals[1].recent_states == (
        *[None] * 8,
        "uploaded",
        "uploaded",
        "silent",
        "silent",
        "uploaded",
        "uploaded",
    )


def test_no_days_are_no_patrols() -> None:
    assert read_patrols(warehouse_with(""), CATALOGUE, registry({}), []) == []
