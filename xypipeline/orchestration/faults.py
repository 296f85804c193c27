"""What a failed step says, and whether trying it again may help."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from xypipeline.errors import WarehouseError, XyPipelineError

# Another process has the warehouse, or the storage is away for a moment.
PASSING = (WarehouseError, OSError)
STOPPED = (dg.DagsterExecutionInterruptedError, KeyboardInterrupt)
RETRIES = dg.RetryPolicy(max_retries=2, delay=30, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn any exception into a failure that says what to do; only passing faults are tried again.

    Raises:
        dagster.Failure: anything went wrong inside, or the process was told to stop.
    """
    try:
        yield
    except dg.Failure:
        raise
    except STOPPED:
        # Dagster retries also what somebody stops (Ctrl-C, "Terminate", systemd), half a minute later.
        raise dg.Failure("it was stopped from outside", allow_retries=False) from None
    except Exception as error:  # noqa: BLE001 - any of them may quote a patient's data
        raise dg.Failure(describe_error(error), allow_retries=is_passing(error)) from None


def is_passing(error: Exception) -> bool:
    """Whether the same work may succeed some moments later."""
    return isinstance(error, PASSING)


def describe_error(error: Exception) -> str:
    """What went wrong and where in our code, without the error's own text: that may hold a patient's data."""
    if isinstance(error, XyPipelineError):
        return str(error)
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "xypipeline" in frame.filename]
    place = f" at {ours[-1].filename}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"
