"""Which tables a simulated hospital uploads: as many as the attachment says, fitting its kind."""

from math import log
from random import Random

from xypipeline.errors import SimulationError
from xypipeline.simulator.replay import Replay
from xypipeline.standard.model import Catalogue, Table

# A hospital with fewer records than this has only dictionaries, sent again day by day.
FEWEST_ROWS_FOR_EVENTS = 100
# A hospital with so many tables has its departments among them.
FEWEST_TABLES_FOR_DEPARTMENTS = 10
DICTIONARIES = ("department", "org_info", "staff", "drug_catalog", "charge_item")
# A table's weight is the logarithm of its expected share, held up for small ones and damped, and some chance:
# large tables are likelier everywhere, and hospitals still differ.
_SMALLEST_SHARE = 0.00005
_DAMPING = 0.3
_CHANCE = 3.0
# Each hospital leans to every fifth table of the standard, so that together they upload all of them.
_LEANINGS = 5
_LEANING = 6.0
# Tables that a hospital cannot have without a scope, beyond what the standard's applicability says.
_ALSO_NEEDS = {"front_page_operation": "has_surgery"}
# Cultures are some of the results: alone they would leave most reports without any.
_COMES_WITH = {"lab_bacteria_result": ["lab_result"]}


def choose_tables(
    replay: Replay, catalogue: Catalogue, scopes: frozenset[str], random: Random
) -> tuple[str, ...]:
    """The codes of exactly `replay.tables` tables, in the standard's order, none without its parents.

    Raises:
        SimulationError: the hospital's kind has not so many tables.
    """
    if replay.tables == 1:
        # One table alone cannot have its parents with it.
        return DICTIONARIES[:1]
    if replay.rows < FEWEST_ROWS_FOR_EVENTS:
        ranking = list(DICTIONARIES)
    else:
        ranking = _rank(replay, catalogue, scopes, random)
    chosen: set[str] = set()
    while len(chosen) < replay.tables:
        addition = _next_group(catalogue, ranking, chosen, replay.tables - len(chosen))
        if not addition:
            raise SimulationError(f"{replay.name}: a hospital of its kind has no {replay.tables} tables.")
        chosen |= addition
    return tuple(code for code in catalogue.tables if code in chosen)


def _rank(replay: Replay, catalogue: Catalogue, scopes: frozenset[str], random: Random) -> list[str]:
    weights = {table.code: _weight(table, replay, random) for table in catalogue.tables.values()}
    fitting = [code for code in weights if _is_carried_out(catalogue.tables[code], scopes)]
    ranking = sorted(fitting, key=weights.get, reverse=True)
    if replay.tables >= FEWEST_TABLES_FOR_DEPARTMENTS:
        return ["department", *ranking]
    # Few tables and many rows: a dictionary would grow out of all proportion.
    return sorted(ranking, key=lambda code: catalogue.tables[code].is_dictionary)


def _weight(table: Table, replay: Replay, random: Random) -> float:
    share = max(float(table.expected_share), _SMALLEST_SHARE)
    leaning = _LEANING if (table.no + int(replay.org_code)) % _LEANINGS == 0 else 0.0
    return _DAMPING * log(share) + _CHANCE * random.random() + leaning


def _is_carried_out(table: Table, scopes: frozenset[str]) -> bool:
    also = _ALSO_NEEDS.get(table.code)
    return scopes.issuperset(table.applicability) and (also is None or also in scopes)


def _next_group(catalogue: Catalogue, ranking: list[str], chosen: set[str], room: int) -> set[str]:
    for code in ranking:
        if code not in chosen:
            group = _with_parents(catalogue, ranking, code, chosen)
            if len(group) <= room:
                return group
    return set()


def _with_parents(catalogue: Catalogue, ranking: list[str], code: str, chosen: set[str]) -> set[str]:
    if code in chosen:
        return set()
    parents = catalogue.tables[code].parents
    needed = [parent.table_code for parent in parents if not parent.when_column] + _COMES_WITH.get(code, [])
    either = [parent.table_code for parent in parents if parent.when_column]
    if either and not chosen.intersection(either):
        needed.append(min((one for one in either if one in ranking), key=ranking.index))
    group = {code}
    for parent in needed:
        group |= _with_parents(catalogue, ranking, parent, chosen | group)
    return group
