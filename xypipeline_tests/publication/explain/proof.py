"""Checks explanations against the figures published and the ledger: every sum in them is worked out again."""

import math
import re
from collections.abc import Iterator

import pytest
from duckdb import DuckDBPyConnection

from xypipeline.publication.explain.evidence import read_all_evidence
from xypipeline.publication.explain.explain import EXPLAINED, explain_all
from xypipeline.publication.explain.model import Explanation, FactTable
from xypipeline.publication.figures import QuarterFigures
from xypipeline.registry.model import Registry
from xypipeline.standard.model import Catalogue

_SUM = re.compile(r"(?:^|：|，(?:不小于|小于) |；)([^：，；]*?[−+×÷][^：，；]*?) = ([\d.,]+)")


def sums(explanation: Explanation) -> Iterator[tuple[float, float]]:
    """Of each sum in the arithmetic what its left side gives, and what stands on its right."""
    for line in explanation.arithmetic:
        for left, right in _SUM.findall(line):
            yield evaluate(left), float(right.replace(",", ""))


def evaluate(text: str) -> float:
    """The value of `20 × 30 ÷ 51`, names of numbers left out."""
    spoken = text.replace("−", "-").replace("×", "*").replace("÷", "/").replace(",", "")
    bare = re.sub(r"[^\d.()lg+*/ -]", "", spoken).replace("lg", "log10")
    return eval(bare, {"log10": math.log10})  # noqa: S307 - our own arithmetic


def table(explanation: Explanation, beginning: str) -> FactTable:
    """The one table of inputs whose title begins so."""
    (found,) = [one for one in explanation.inputs if one.title.startswith(beginning)]
    return found


def column_sum(found: FactTable, title: str) -> int:
    """The sum of a column of counts."""
    number = found.header.index(title)
    return sum(int(row[number].replace(",", "")) for row in found.rows)


def must_be_proven(
    connection: DuckDBPyConnection, figures: QuarterFigures, catalogue: Catalogue, registry: Registry
) -> None:
    """Each explanation states the published value; its sums and lists add up to it and to the ledger."""
    evidence = read_all_evidence(connection, figures, [row.org_code for row in figures.attachment.rows])
    for row in figures.attachment.rows:
        explanations = explain_all(figures, evidence[row.org_code], catalogue, registry)
        found = {one.column: one for one in explanations}
        assert tuple(found) == EXPLAINED
        for column, one in found.items():
            value = getattr(row, column)
            assert one.value == ("" if value is None else str(value))
            assert one.value in one.arithmetic[-1]
            assert all(left == pytest.approx(right, abs=1e-12) for left, right in sums(one))
        _must_add_up(connection, row.org_code, figures, found)
        tables = found["tables_uploaded"]
        assert sum(len(one.rows) for one in tables.inputs[:3]) == len(catalogue.tables)


def _must_add_up(
    connection: DuckDBPyConnection, org_code: str, figures: QuarterFigures, found: dict[str, Explanation]
) -> None:
    days = [org_code, figures.quarter.first, figures.as_of]
    [(received, fatal, records)] = connection.execute(
        "select coalesce(sum(rows_received), 0), coalesce(sum(rows_fatal), 0), coalesce(sum(records_new), 0)"
        " from scores.ledger where org_code = ? and upload_date between ? and ?",
        days,
    ).fetchall()
    [(refused,)] = connection.execute(
        "select count(*) from landing.file join landing.arrival using (path) where file.org_code = ?"
        " and file.upload_date between ? and ? and file.status = 'refused'"
        " and (arrival.kind is distinct from 'zip' or arrival.reason is not null)",
        days,
    ).fetchall()
    rows, missing = found["rows_uploaded"], found["interruption_days"]
    assert column_sum(table(rows, "致命行"), "行数") == fatal
    assert column_sum(table(rows, "收到文件的表"), "收到行") == received
    assert column_sum(table(rows, "收到文件的表"), "记录") == records
    assert column_sum(table(rows, "拒收的文件"), "文件") == refused
    assert len(table(found["tables_uploaded"], "有记录的表").rows) == int(found["tables_uploaded"].value or 0)
    if missing.value:
        days_listed = [day for day, *_ in table(missing, "中断的日子").rows]
        assert len(set(days_listed)) == len(days_listed) == int(missing.value)
