"""Work done ahead, so that both cores are busy while one of them waits for the warehouse."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition, Thread
from types import TracebackType
from typing import Generic, Self, TypeVar

from duckdb import DuckDBPyConnection

from xypipeline.warehouse import quoted

Key = TypeVar("Key")
Item = TypeVar("Item")
Result = TypeVar("Result")
ROOM = 64 * 2**20


@dataclass(frozen=True)
class _Done(Generic[Item, Result]):
    """What the thread has to tell of the key whose turn it is: a result, a fault, or neither at its end."""

    turn: int
    found: tuple[Item, Result] | None = None
    fault: BaseException | None = None
    weight: int = 0


class Ahead(Generic[Key, Item, Result]):
    """Works on the items of several keys in a thread of its own, ahead of whoever takes the results.

    After a key's last item comes the first one of the next key. The thread goes on while the results that
    wait to be taken weigh less than `ROOM`: many small ones wait at once, so that neither side often waits
    for the other, but of large ones a single one.
    """

    def __init__(
        self,
        keys: Sequence[Key],
        items_of: Callable[[Key], Iterable[Item]],
        work: Callable[[Item], Result],
        weigh: Callable[[Result], int] = lambda result: ROOM,
    ) -> None:
        """`items_of` and `work` run in the thread, and must not touch what the taker uses meanwhile.

        Args:
            keys: in the order in which they will be taken; each occurs once.
            items_of: the items of a key.
            work: what is done with an item.
            weigh: the memory that a result takes, in bytes; unless told, one result waits at a time.
        """
        self._items_of, self._work, self._weigh = items_of, work, weigh
        self._turns = {key: turn for turn, key in enumerate(keys)}
        self._turn = 0  # of the key that is taken; what was of earlier ones is not wanted any more
        self._waiting: deque[_Done[Item, Result]] = deque()
        self._changed = Condition()
        self._thread = Thread(target=self._work_through)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._changed:
            self._pass_on_to(len(self._turns))
        self._thread.join()

    def take(self, key: Key) -> Iterator[tuple[Item, Result]]:
        """Each item of a key with what became of it, in order; a key that is passed over is left out.

        Raises:
            ValueError: the key was taken before, or a later one.
            Whatever `items_of` or `work` raised for this key, when the item's turn comes. Other keys are none
            the worse for it.
        """
        turn = self._turns[key]
        # Without a name for the pair: it would keep a result while the next one is waited for.
        while (done := self._next(turn)).found is not None:
            yield done.found
            del done

    def _next(self, turn: int) -> _Done[Item, Result]:
        with self._changed:
            if turn < self._turn:
                raise ValueError("this key's turn is over")
            self._pass_on_to(turn)
            self._changed.wait_for(lambda: self._waiting)
            done = self._waiting.popleft()
            if done.found is None:
                self._turn = turn + 1
            self._changed.notify_all()
        if done.fault is not None:
            raise done.fault
        return done

    def _pass_on_to(self, turn: int) -> None:
        self._turn = turn
        self._waiting = deque(done for done in self._waiting if done.turn >= turn)
        self._changed.notify_all()

    def _work_through(self) -> None:
        for key, turn in self._turns.items():
            try:
                for item in self._wanted_items(key, turn):
                    result = self._work(item)
                    self._put(_Done(turn, (item, result), weight=self._weigh(result)))
                    del result
                self._put(_Done(turn))
            except BaseException as fault:  # noqa: BLE001 - it is raised where the result is taken
                self._put(_Done(turn, fault=fault))

    def _wanted_items(self, key: Key, turn: int) -> Iterator[Item]:
        if not self._is_wanted(turn):
            return
        for item in self._items_of(key):
            yield item
            if not self._is_wanted(turn):
                return

    def _is_wanted(self, turn: int) -> bool:
        """Wait until there is room, or the key was passed over."""
        with self._changed:
            self._changed.wait_for(lambda: turn < self._turn or self._weight() < ROOM)
            return turn >= self._turn

    def _weight(self) -> int:
        return sum(done.weight for done in self._waiting)

    def _put(self, done: _Done[Item, Result]) -> None:
        with self._changed:
            if done.turn >= self._turn:
                self._waiting.append(done)
            self._changed.notify_all()


@contextmanager
def reading_beside(connection: DuckDBPyConnection) -> Iterator[DuckDBPyConnection]:
    """A thread's connection to the same warehouse: what is committed, and temporary tables of its own."""
    ((catalog,),) = connection.sql("select current_database()").fetchall()
    with connection.cursor() as beside:
        beside.execute(f"use {quoted(catalog)}")
        yield beside
