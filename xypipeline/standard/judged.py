"""What it takes to judge a rule of a table: the stages that judge and that publish agree on this."""

from dataclasses import dataclass

from xypipeline.standard.model import Rule


@dataclass(frozen=True)
class JudgedRule:
    """One rule as it is judged of one table."""

    rule: Rule
    table_code: str
    needs: tuple[frozenset[str], ...] = ()
    """Of each set of tables, at least one must have had an accepted row of the hospital."""
    needs_rows: bool = True
    """Whether there is nothing to judge without an accepted row of the table in the period itself."""
