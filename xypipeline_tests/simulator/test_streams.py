import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.simulator.streams import Stream, build_streams, most_discharges


def by_table(streams: tuple[Stream, ...]) -> dict[tuple[str, str], Stream]:
    return {(stream.table_code, stream.encounter): stream for stream in streams}


def parent_no(stream: Stream, row: int) -> int:
    return row * stream.parent_rows // stream.rows


def day_of(stream: Stream, row: int) -> int:
    return next(day for day in range(len(stream.starts) - 1) if row < stream.starts[day + 1])


COUNTS = st.fixed_dictionaries(
    {
        "patient_info": st.integers(1, 40),
        "outpatient_registration": st.integers(1, 60),
        "outpatient_visit": st.integers(1, 60),
        "inpatient_admission": st.integers(1, 60),
        "lab_report": st.integers(1, 60),
        "lab_result": st.integers(1, 200),
    }
)


@given(counts=COUNTS, upload_days=st.integers(5, 30))
def test_no_row_is_uploaded_before_its_parent(counts: dict[str, int], upload_days: int) -> None:
    counts["outpatient_visit"] = min(counts["outpatient_visit"], counts["outpatient_registration"])
    streams = by_table(build_streams(counts, upload_days, 3))

    for child, parent in [
        (("outpatient_registration", "outpatient"), ("patient_info", "base")),
        (("outpatient_visit", "outpatient"), ("outpatient_registration", "outpatient")),
        (("inpatient_admission", "inpatient"), ("patient_info", "base")),
        (("lab_result", "outpatient"), ("lab_report", "outpatient")),
    ]:
        if child in streams:
            rows = streams[child]
            assert all(
                day_of(streams[parent], parent_no(rows, row)) <= day_of(rows, row) for row in range(rows.rows)
            )


@given(counts=COUNTS, upload_days=st.integers(5, 30))
def test_all_rows_are_laid_on_the_days_once(counts: dict[str, int], upload_days: int) -> None:
    streams = build_streams(counts, upload_days, 3)

    laid: dict[str, int] = {}
    for stream in streams:
        assert (stream.starts[0], stream.starts[-1]) == (0, stream.rows)
        assert list(stream.starts) == sorted(stream.starts)
        laid[stream.table_code] = laid.get(stream.table_code, 0) + stream.rows
    assert laid == counts


@given(admissions=st.integers(1, 200), upload_days=st.integers(5, 60))
def test_a_stay_ends_some_upload_days_after_it_began(admissions: int, upload_days: int) -> None:
    discharges = most_discharges(admissions, upload_days, 3)
    counts = {"patient_info": 1, "inpatient_admission": admissions, "inpatient_discharge": discharges}
    streams = by_table(build_streams(counts, upload_days, 3))
    stays, ends = streams["inpatient_admission", "inpatient"], streams["inpatient_discharge", "inpatient"]

    of_stay = [parent_no(ends, row) for row in range(discharges)]

    assert len(set(of_stay)) == discharges
    assert all(day_of(ends, row) >= day_of(stays, stay) + 3 for row, stay in enumerate(of_stay))


@pytest.mark.parametrize(("day", "expected"), [(0, (0, 2)), (2, (0, 6)), (4, (4, 10))])
def test_the_wards_hold_who_was_admitted_in_the_last_days(day: int, expected: tuple[int, int]) -> None:
    streams = build_streams({"patient_info": 1, "inpatient_admission": 10, "vital_sign_record": 30}, 5, 3)

    assert by_table(streams)["vital_sign_record", "inpatient"].windows[day] == expected


@pytest.mark.parametrize(("day", "expected"), [(0, (0, 2)), (1, (0, 4)), (4, (6, 10))])
def test_early_rows_are_of_those_admitted_since_yesterday(day: int, expected: tuple[int, int]) -> None:
    streams = build_streams({"patient_info": 1, "inpatient_admission": 10, "ward_round_note": 30}, 5, 3)

    assert by_table(streams)["ward_round_note", "inpatient"].windows[day] == expected


@given(rows=st.integers(1, 60), admissions=st.integers(1, 60), upload_days=st.integers(5, 30))
def test_both_rows_of_a_pair_are_uploaded_on_one_day(rows: int, admissions: int, upload_days: int) -> None:
    counts = {"patient_info": 1, "inpatient_admission": admissions, "transfer_record": rows}
    pairs = by_table(build_streams(counts, upload_days, 3))["transfer_record", "inpatient"]

    assert pairs.rows_per_event == 2
    assert all(day_of(pairs, row) == day_of(pairs, row + 1) for row in range(0, rows - 1, 2))
