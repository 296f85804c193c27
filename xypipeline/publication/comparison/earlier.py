"""Reads the quarters that a quarter is held against: the one before it, and those of its year."""

from collections.abc import Callable, Sequence

from duckdb import DuckDBPyConnection

from xypipeline.errors import PolicyError, PublicationError
from xypipeline.periods import Quarter
from xypipeline.policy.policy import Policy
from xypipeline.publication.figures import QuarterFigures, read_figures


def preceding(quarter: Quarter) -> Quarter:
    """The quarter before."""
    return Quarter(quarter.year - 1, 4) if quarter.number == 1 else Quarter(quarter.year, quarter.number - 1)


def read_earlier(
    connection: DuckDBPyConnection, quarter: Quarter, policy_of: Callable[[int], Policy]
) -> tuple[QuarterFigures, ...]:
    """The figures of the quarter before and of the year's earlier ones, in order, as far as they are scored.

    Args:
        connection: the warehouse.
        quarter: the quarter that is compared.
        policy_of: the policy of a year.
    """
    wanted = {preceding(quarter), *(Quarter(quarter.year, number) for number in range(1, quarter.number))}
    found = []
    for one in sorted(wanted):
        try:
            found.append(read_figures(connection, one, policy_of(one.year)))
        except (PublicationError, PolicyError):
            # Not scored, or before there was a policy: nothing to compare with, which the comparison says.
            continue
    return tuple(found)


def quarter_before(quarter: Quarter, earlier: Sequence[QuarterFigures]) -> QuarterFigures | None:
    """The figures of the quarter before among those given."""
    return next((one for one in earlier if one.quarter == preceding(quarter)), None)
