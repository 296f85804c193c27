"""Work done one item ahead, so that both cores are busy while one of them waits for the warehouse."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def one_ahead(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result]]:
    """Each item with what `work` makes of it, in order, while the next is worked on in a thread.

    Items are taken in the caller's thread, one or two before they are needed; so at most three items and
    two results are in memory. `work` must not touch what the caller uses meanwhile.

    Raises:
        Whatever `work` raised, when the item's turn comes.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        waiting: tuple[Item, Future[Result]] | None = None
        for item in items:
            coming = (item, thread.submit(work, item))
            if waiting:
                yield waiting[0], waiting[1].result()
            waiting = coming
        if waiting:
            yield waiting[0], waiting[1].result()
