import weakref
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.ahead import ROOM, Ahead, reading_beside
from xypipeline.warehouse import connect_in_memory, transaction


def test_a_thread_reads_what_is_committed_in_the_warehouse_in_use(tmp_path: Path) -> None:
    with connect_in_memory() as connection:
        # As an encrypted warehouse is opened.
        connection.execute(f"attach '{tmp_path / 'elsewhere.duckdb'}' as elsewhere")
        connection.execute("use elsewhere")
        connection.execute("create table bed as select 1 as number")
        with transaction(connection):
            connection.execute("insert into bed values (2)")
            with reading_beside(connection) as beside:
                seen = beside.sql("from bed").fetchall()

        assert seen == [(1,)]
        assert connection.sql("from bed order by number").fetchall() == [(1,), (2,)]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=5), st.sampled_from([0, ROOM // 3, ROOM])
)
def test_every_key_that_is_taken_gives_its_items_and_their_results(
    counts: list[tuple[int, bool]], weight: int
) -> None:
    def items_of(key: int) -> list[tuple[int, int]]:
        return [(key, number) for number in range(counts[key][0])]

    taken = [key for key, (_, is_taken) in enumerate(counts) if is_taken]
    with Ahead(range(len(counts)), items_of, str, lambda result: weight) as ahead:
        given_back = {key: list(ahead.take(key)) for key in taken}

    assert given_back == {key: [(item, str(item)) for item in items_of(key)] for key in taken}


@pytest.mark.parametrize("earlier", ["a", "b"])
def test_a_key_whose_turn_is_over_is_refused(earlier: str) -> None:
    with Ahead("ab", lambda key: [key], str.upper) as ahead:
        assert list(ahead.take("b")) == [("b", "B")]
        with pytest.raises(ValueError, match="turn is over"):
            list(ahead.take(earlier))


def test_work_is_one_item_ahead_and_goes_on_to_the_next_key() -> None:
    worked: dict[str, Event] = {item: Event() for item in ("a1", "a2", "b1", "b2")}

    def items_of(key: str) -> Iterator[str]:
        yield f"{key}1"
        yield f"{key}2"

    with Ahead("ab", items_of, lambda item: worked[item].set()) as ahead:
        first_key = ahead.take("a")
        next(first_key)
        assert worked["a2"].wait(10)
        next(first_key)
        assert worked["b1"].wait(10)
        assert list(first_key) == []
        assert not worked["b2"].is_set()


def test_light_results_wait_together_until_there_is_no_room() -> None:
    worked: dict[str, Event] = {item: Event() for item in "abcd"}

    def work(item: str) -> int:
        worked[item].set()
        return ROOM // 2

    with Ahead("abcd", lambda key: [key], work, lambda result: result) as ahead:
        assert worked["b"].wait(10)
        assert not worked["c"].wait(0.05)
        assert list(ahead.take("a")) == [("a", ROOM // 2)]
        assert worked["c"].wait(10)
        assert not worked["d"].wait(0.05)


def test_a_key_that_is_passed_over_is_not_worked_to_its_end() -> None:
    worked = []
    with Ahead("ab", lambda key: [key + str(number) for number in range(99)], worked.append) as ahead:
        next(ahead.take("a"))
        next(ahead.take("b"))

    assert "b0" in worked
    assert "a9" not in worked


@pytest.mark.parametrize("broken", ["a", "a2"])
def test_a_key_that_fails_takes_no_other_with_it(broken: str) -> None:
    def items_of(key: str) -> list[str]:
        return [key + number for number in "123"] if key != broken else [][1]

    def work(item: str) -> str:
        if item == broken:
            raise LookupError(item)
        return item.upper()

    with Ahead("ab", items_of, work) as ahead:
        with pytest.raises(LookupError):
            list(ahead.take("a"))
        assert list(ahead.take("b")) == [("b1", "B1"), ("b2", "B2"), ("b3", "B3")]


def test_a_key_may_be_left_before_its_end() -> None:
    with Ahead("ab", lambda key: [key + "1", key + "2", key + "3"], str.upper) as ahead:
        assert next(ahead.take("a")) == ("a1", "A1")
        assert [result for _, result in ahead.take("b")] == ["B1", "B2", "B3"]


def test_what_was_taken_is_not_kept() -> None:
    class Rows:
        """Something to be gone."""

    with Ahead("a", lambda _: range(3), lambda _: Rows()) as ahead:
        results = ahead.take("a")
        first = weakref.ref(next(results)[1])
        next(results)
        assert first() is None
