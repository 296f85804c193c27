"""The last look at a quarter's standing before it leaves: anything found here blocks publication."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.periods import Quarter
from xypipeline.policy.policy import Policy
from xypipeline.publication.plausibility import find_implausible_figures
from xypipeline.publication.ranks import find_wrong_ranks
from xypipeline.publication.standing import HospitalStanding, read_standing
from xypipeline.registry.model import Registry
from xypipeline.standard.model import Catalogue
from xypipeline.warehouse import run_sql

_LEDGER_TOTALS = Path(__file__).with_name("ledger_totals.sql")
_COUNTS = ("rows_uploaded", "rows_accepted", "rows_qualified")


def find_problems(
    connection: DuckDBPyConnection, quarter: Quarter, catalogue: Catalogue, registry: Registry, policy: Policy
) -> list[str]:
    """What in `scores.standing` is not fit to be published, naming hospital and figure; empty if nothing.

    Raises:
        PublicationError: the quarter has not been scored.
    """
    standings = read_standing(connection, quarter)
    as_of = standings[0].as_of
    totals = run_sql(connection, _LEDGER_TOTALS, first_day=quarter.first, as_of=as_of)
    by_org_code = {row.pop("org_code"): row for row in totals.to_dicts()}
    return [
        *_wrong_versions(standings, catalogue, registry, policy),
        *_wrong_roll(standings, registry),
        *find_implausible_figures(standings, quarter, len(catalogue.tables), policy),
        *_wrong_totals(standings, by_org_code),
        *find_wrong_ranks(standings),
    ]


def _wrong_versions(
    standings: tuple[HospitalStanding, ...], catalogue: Catalogue, registry: Registry, policy: Policy
) -> Iterator[str]:
    expected = {
        "as_of": standings[0].as_of,
        "standard_version": catalogue.version,
        "policy_version": policy.version,
        "registry_version": registry.version,
    }
    for name, value in expected.items():
        found = {getattr(standing, name) for standing in standings}
        if found != {value}:
            listed = ", ".join(sorted(map(str, found)))
            yield f"{name} is {listed}, but {value} is in force; score the quarter again."


def _wrong_roll(standings: tuple[HospitalStanding, ...], registry: Registry) -> Iterator[str]:
    """Each hospital registered on the cut-off day once, in the register's order and words."""
    registered = registry.registered_on(standings[0].as_of)
    wanted = [(one.seq, one.org_code, one.name, one.district) for one in registered]
    found = [(one.seq, one.org_code, one.hospital, one.district) for one in standings]
    for hospital in sorted(set(wanted) - set(found)):
        yield f"{_named(hospital)}: is registered, but has no line."
    for hospital in sorted(set(found) - set(wanted)):
        yield f"{_named(hospital)}: has a line, but is not registered like that."
    for hospital in sorted({one for one in found if found.count(one) > 1}):
        yield f"{_named(hospital)}: has {found.count(hospital)} lines."
    if sorted(found) == sorted(wanted) and found != wanted:
        yield "The hospitals are not in the register's order."


def _wrong_totals(
    standings: tuple[HospitalStanding, ...], totals: Mapping[str, Mapping[str, int]]
) -> Iterator[str]:
    for standing in standings:
        counted = totals.get(standing.org_code, dict.fromkeys(_COUNTS, 0))
        for name in _COUNTS:
            if getattr(standing, name) != counted[name]:
                yield (
                    f"{standing.hospital}: {name} is {getattr(standing, name)}, "
                    f"but its deliveries in the ledger sum to {counted[name]}."
                )


def _named(hospital: tuple[int, str, str, str]) -> str:
    seq, org_code, name, district = hospital
    return f"{name} ({org_code}, number {seq}, {district})"
