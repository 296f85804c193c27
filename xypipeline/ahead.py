"""Work done one item ahead, so that both cores are busy while one of them waits for the warehouse."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from types import TracebackType
from typing import Generic, Self, TypeVar

from duckdb import DuckDBPyConnection

from xypipeline.warehouse import quoted

Key = TypeVar("Key")
Item = TypeVar("Item")
Result = TypeVar("Result")


class Ahead(Generic[Key, Item, Result]):
    """Works on the items of several keys in a thread of its own, one item ahead of whoever takes the results.

    After a key's last item comes the first one of the next key, so that small keys keep both cores busy, too.
    Besides what was taken there are at most one item and its result in memory.
    """

    def __init__(
        self, keys: Sequence[Key], items_of: Callable[[Key], Iterable[Item]], work: Callable[[Item], Result]
    ) -> None:
        """`items_of` and `work` run in the thread, and must not touch what the taker uses meanwhile."""
        self._items_of, self._work = items_of, work
        self._next_key = dict(pairwise(keys))
        self._begun: dict[Key, Future[tuple[Iterator[Item], tuple[Item, Result] | None]]] = {}
        self._thread = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._thread.shutdown(cancel_futures=True)

    def take(self, key: Key) -> Iterator[tuple[Item, Result]]:
        """Each item of a key with what became of it, in order; keys are best taken in theirs.

        Raises:
            Whatever `items_of` or `work` raised for this key, when the item's turn comes. Other keys are none
            the worse for it.
        """
        # Without a name for the future: it would keep the first result until the last one is taken.
        items, found = (self._begun.pop(key, None) or self._thread.submit(self._begin, key)).result()
        while found:
            coming = self._thread.submit(self._advance, key, items)
            yield found
            found = coming.result()

    def _begin(self, key: Key) -> tuple[Iterator[Item], tuple[Item, Result] | None]:
        items = iter(self._items_of(key))
        return items, self._advance(key, items)

    def _advance(self, key: Key, items: Iterator[Item]) -> tuple[Item, Result] | None:
        for item in items:
            return item, self._work(item)
        if key in self._next_key:
            following = self._next_key[key]
            self._begun[following] = self._thread.submit(self._begin, following)
        return None


@contextmanager
def reading_beside(connection: DuckDBPyConnection) -> Iterator[DuckDBPyConnection]:
    """A thread's connection to the same warehouse: what is committed, and temporary tables of its own."""
    ((catalog,),) = connection.sql("select current_database()").fetchall()
    with connection.cursor() as beside:
        beside.execute(f"use {quoted(catalog)}")
        yield beside
