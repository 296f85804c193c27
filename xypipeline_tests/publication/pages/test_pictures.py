from dataclasses import replace

from xypipeline.publication.pages.pictures import Pictures, draw_pictures, drawn_meanwhile
from xypipeline_tests.publication.details.hospitals import DETAILS, UPLOADING_DETAIL
from xypipeline_tests.publication.pages.site import draw_calendar, draw_volume

EMPTY_DAYS = tuple(replace(day, rows_accepted=0) for day in UPLOADING_DETAIL.days)
SILENT_DAYS = tuple(replace(day, files=0) for day in EMPTY_DAYS)


def test_another_process_draws_what_this_one_would() -> None:
    drawn = draw_pictures(
        {
            "uploading": UPLOADING_DETAIL,
            "empty": replace(UPLOADING_DETAIL, days=EMPTY_DAYS),
            "silent": replace(UPLOADING_DETAIL, days=SILENT_DAYS),
        }
    )

    assert drawn == {
        "uploading": Pictures(draw_calendar(UPLOADING_DETAIL.days), draw_volume(UPLOADING_DETAIL.days)),
        "empty": Pictures(draw_calendar(EMPTY_DAYS), ""),
        "silent": Pictures("", ""),
    }


def test_pictures_are_waited_for() -> None:
    with drawn_meanwhile(DETAILS) as drawn:
        assert drawn() == draw_pictures(DETAILS)


def test_nobody_to_draw_for_starts_no_process() -> None:
    assert draw_pictures({}) == {}
