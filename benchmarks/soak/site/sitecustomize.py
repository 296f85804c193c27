"""Found by every Python process of a soak: libfaketime 0.9.10 refuses how Python sleeps, but not this."""

import select
import time


def _sleep(seconds: float) -> None:
    select.select((), (), (), seconds)


time.sleep = _sleep
