"""Claims of the attachment: contradicted cells one by one, the others of a row together."""

from collections import Counter
from collections.abc import Iterator

from xypipeline.audit.claims import Basis, Claim, Comparison, Verdict, settle
from xypipeline.audit.columns import COLUMNS_ZH, show_cell
from xypipeline.audit.evidence import Evidence
from xypipeline.audit.judge_cells import judge_cell
from xypipeline.audit.table import StatedRow

# Columns that no hospital leaves blank by right; a blank in others may be meant.
_PROMISED = ("tables_uploaded", "completeness_pct", "rows_uploaded", "interruption_days", "last_upload_date")

# Told by the claim on the sequence, and by the name of the claim itself.
_TOLD = ("seq", "hospital")


def judge_table(evidence: Evidence) -> Iterator[Claim]:
    """Every claim of the attachment, in its order."""
    blank = blank_columns(evidence)
    if evidence.table.rows:
        yield from _blank_claims(blank, evidence)
        yield _sequence_claim(evidence)
    for row in evidence.table.rows:
        yield from _row_claims(row, evidence, blank)
    for total in evidence.table.totals:
        yield from _total_claims(total, evidence)


def blank_columns(evidence: Evidence) -> tuple[str, ...]:
    """Columns that the header promises and no row fills, though hospitals uploaded."""
    rows = [row.figures for row in evidence.table.rows]
    if not any(row.tables_uploaded or row.rows_uploaded for row in rows):
        return ()
    filled = {column for row in rows for column in _PROMISED if getattr(row, column) is not None}
    unreadable = {column for row in evidence.table.rows for column, _ in row.unreadable}
    return tuple(
        column
        for column in evidence.table.columns
        if column in _PROMISED and column not in filled | unreadable
    )


def _blank_claims(blank: tuple[str, ...], evidence: Evidence) -> Iterator[Claim]:
    for column in blank:
        title = COLUMNS_ZH[column]
        note = f"表头列有“{title}”，但整列空白" + ("，本系统有此数" if evidence.published else "")
        yield settle(f"附件“{title}”一栏", "空白", (evidence.table.header_where,), (), note)


def _sequence_claim(evidence: Evidence) -> Claim:
    rows = evidence.table.rows
    names = [row.figures.hospital for row in rows]
    comparisons = []
    if "seq" in evidence.table.columns:
        for place, row in enumerate(rows, start=1):
            if row.figures.seq != place and len(comparisons) == 0:
                note = f"{row.where}{row.figures.hospital}序号应为 {place}，写作 {row.figures.seq or '空白'}"
                comparisons.append(Comparison(Basis.ITSELF, agrees=False, found="序号不连续", note=note))
    repeated = sorted(name for name, times in Counter(names).items() if times > 1)
    if repeated:
        note = f"{'、'.join(repeated)}重复列出"
        comparisons.append(Comparison(Basis.ITSELF, agrees=False, found="医院重复", note=note))
    comparisons += _missing_rows(names, evidence)
    if not comparisons:
        comparisons.append(Comparison(Basis.ITSELF, agrees=True, found="序号连续，医院不重复"))
    return settle("附件行数与序号", f"{len(rows)} 行", (rows[0].where,), tuple(comparisons), None)


def _missing_rows(names: list[str], evidence: Evidence) -> Iterator[Comparison]:
    source = evidence.source(Basis.OURS)
    missing = [name for name in source.by_name if name not in names] if source else []
    if missing and source:
        note = f"附件缺{'、'.join(missing)}"
        yield Comparison(Basis.OURS, agrees=False, found=f"{len(source.rows)} 行", note=note)


def _row_claims(row: StatedRow, evidence: Evidence, blank: tuple[str, ...]) -> Iterator[Claim]:
    hospital = row.figures.hospital
    together: dict[Verdict, list[str]] = {}
    for column, text in row.unreadable:
        unreadable = Comparison(Basis.ITSELF, agrees=False, found="不是有效的内容")
        yield settle(f"{hospital} {COLUMNS_ZH[column]}", text, (row.where,), (unreadable,), None)
    done = {column for column, _ in row.unreadable} | set(blank)
    for column in (column for column in evidence.table.columns if column not in done):
        value = getattr(row.figures, column)
        found = tuple(judge_cell(row.figures, column, evidence))
        claim = settle(
            f"{hospital} {COLUMNS_ZH[column]}", show_cell(column, value), (row.where,), found, None
        )
        if claim.verdict == Verdict.CONTRADICTED:
            yield claim
        elif value is not None and column not in _TOLD:
            together.setdefault(claim.verdict, []).append(f"{COLUMNS_ZH[column]} {claim.stated}")
    for verdict, stated in sorted(together.items()):
        found_text = "各项相符" if verdict == Verdict.CONFIRMED else None
        yield Claim(f"附件 {hospital}", "，".join(stated), verdict, found_text, (row.where,), None)


def _total_claims(total: StatedRow, evidence: Evidence) -> Iterator[Claim]:
    for column in ("tables_uploaded", "rows_uploaded", "interruption_days"):
        stated = getattr(total.figures, column)
        if stated is not None:
            found = sum(getattr(row.figures, column) or 0 for row in evidence.table.rows)
            comparison = Comparison(Basis.ATTACHMENT, found == stated, show_cell(column, found))
            subject = f"附件合计 {COLUMNS_ZH[column]}"
            yield settle(subject, show_cell(column, stated), (total.where,), (comparison,), None)
