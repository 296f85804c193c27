import dagster as dg
import pytest

from xypipeline.errors import PeriodError, WarehouseError
from xypipeline.orchestration.faults import told_plainly


@pytest.mark.parametrize(
    ("error", "told", "is_tried_again"),
    [
        (WarehouseError("in use by another run"), "in use by another run", True),
        (OSError("storage is away"), "OSError", True),
        (PeriodError("no such day"), "no such day", False),
    ],
)
def test_only_passing_faults_are_tried_again(error: Exception, told: str, is_tried_again: bool) -> None:
    with pytest.raises(dg.Failure) as caught, told_plainly():
        raise error

    assert (told in caught.value.description, caught.value.allow_retries) == (True, is_tried_again)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, dg.DagsterExecutionInterruptedError])
def test_what_somebody_stops_is_not_tried_again(stop: type[BaseException]) -> None:
    with pytest.raises(dg.Failure) as caught, told_plainly():
        raise stop

    assert (caught.value.description, caught.value.allow_retries) == ("it was stopped from outside", False)


def test_what_an_exception_quotes_is_not_told() -> None:
    with pytest.raises(dg.Failure) as caught, told_plainly():
        raise ValueError("41150019900101123X")

    assert "41150019900101123X" not in f"{caught.value.description} {caught.value}"
    assert caught.value.__suppress_context__
