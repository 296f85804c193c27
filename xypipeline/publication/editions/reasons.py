"""Why a published cell changed: the hospital's own files, the basis of computing, or other hospitals."""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from xypipeline.publication.editions.cells import CITY
from xypipeline.publication.editions.evidence import INPUTS, STANDING
from xypipeline.publication.editions.input_changes import (
    InputChange,
    describe_input_changes,
    find_input_changes,
)
from xypipeline.publication.editions.snapshot import Snapshot

# What a hospital's own uploads, the register and the standard decide; score and rank follow from them.
OWN_FIGURES = (
    "platform",
    "tables_required",
    "tables_uploaded",
    "rows_uploaded",
    "upload_days",
    "expected_days",
    "interruption_days",
    "last_upload_date",
    "rows_accepted",
    "rows_qualified",
)
IDENTITY = ("seq", "district", "hospital")
RELATIVE = ("score", "rank")
# The parts of the policy's file that a column depends on.
POLICY_PARTS = {
    "tier": ("tiers",),
    "is_severely_missing": ("tiers",),
    "is_good_continuity": ("continuity",),
    "score": ("weights", "decimals"),
    "rank": ("weights",),
    "completeness_pct": ("decimals",),
    "qualified_pct": ("decimals",),
}
_BASIS_ZH = {"standard": "数据标准", "policy": "考核口径", "registry": "医院名册"}
UNKNOWN = "未查明：上传文件、数据标准、考核口径、医院名册与程序均无变化，请核查后再公布"
_SHOWN_HOSPITALS = 3
Standings = Mapping[str, Mapping[str, str | None]]
"""Frozen standings by org_code; every value as text."""


class Reasons:
    """Two snapshots of one quarter, asked why a cell of the later one differs."""

    def __init__(self, old: Snapshot, new: Snapshot) -> None:
        self._old, self._new = old, new
        self._standings = [_by_org_code(snapshot) for snapshot in (old, new)]

    def explain(self, org_code: str, column: str) -> str:
        """In Chinese, for the hospital that asks; of the city's own cells the org_code is empty."""
        if column in RELATIVE and not self._has_moved(org_code):
            return self._others(column)
        if column in IDENTITY:
            return "；".join(self._basis_changes("registry")) or UNKNOWN
        judged = ("policy",) if self._is_judged_otherwise(column) else ()
        causes = [self._files_of(org_code), *self._basis_changes("standard", "registry", *judged)]
        return "；".join(filter(None, causes)) or self._program_change() or UNKNOWN

    def _others(self, column: str) -> str:
        if self._is_judged_otherwise(column):
            return "；".join(self._basis_changes("policy"))
        before, now = map(_largest_rows, self._standings)
        if column == "score" and before != now:
            return f"本院数据未变：全市最大数据量由 {before} 条变为 {now} 条，各院得分随之折算"
        if self._moved:
            names = [self._name_of(org_code) for org_code in self._moved]
            more = f" 等 {len(names)} 家医院" if len(names) > _SHOWN_HOSPITALS else ""
            return f"本院数据未变：因{'、'.join(names[:_SHOWN_HOSPITALS])}{more}的数据变化而移动"
        return self._program_change() or UNKNOWN

    def _files_of(self, org_code: str) -> str:
        return describe_input_changes(one for one in self._inputs if one.org_code == org_code)

    def _basis_changes(self, *kinds: str) -> Iterator[str]:
        if self._old.facts.as_of != self._new.facts.as_of:
            yield f"统计截止日由 {self._old.facts.as_of} 改为 {self._new.facts.as_of}"
        for kind in kinds:
            before, now = getattr(self._old.facts, kind), getattr(self._new.facts, kind)
            if before["version"] != now["version"]:
                yield f"{_BASIS_ZH[kind]}由 {before['version']} 版改为 {now['version']} 版"
            elif before["sha256"] != now["sha256"]:
                yield f"{_BASIS_ZH[kind]}（{now['version']} 版）内容有改动"

    def _program_change(self) -> str:
        before, now = self._old.facts.code, self._new.facts.code
        return "" if before == now else f"程序由 {_program(before)} 改为 {_program(now)}"

    @cached_property
    def _inputs(self) -> list[InputChange]:
        return find_input_changes(self._old.table(INPUTS), self._new.table(INPUTS))

    @cached_property
    def _moved(self) -> list[str]:
        """The hospitals whose own figures changed, or which came or left."""
        before, now = self._standings
        return [org_code for org_code in {**before, **now} if self._has_moved(org_code)]

    def _has_moved(self, org_code: str) -> bool:
        before, now = (standings.get(org_code) for standings in self._standings)
        return before is None or now is None or any(before[name] != now[name] for name in OWN_FIGURES)

    def _name_of(self, org_code: str) -> str:
        before, now = (standings.get(org_code, {}) for standings in self._standings)
        return str({**before, **now}.get("hospital", CITY))

    def _is_judged_otherwise(self, column: str) -> bool:
        before, now = self._policies
        return any(before.get(part) != now.get(part) for part in POLICY_PARTS.get(column, ()))

    @cached_property
    def _policies(self) -> list[dict]:
        return [
            tomllib.loads(snapshot.policy_text, parse_float=Decimal) for snapshot in (self._old, self._new)
        ]


def _by_org_code(snapshot: Snapshot) -> Standings:
    return {row["org_code"]: row for row in snapshot.table(STANDING).iter_rows(named=True)}


def _largest_rows(standings: Standings) -> int:
    scored = (int(row["rows_uploaded"] or 0) for row in standings.values() if row["score"] is not None)
    return max(scored, default=0)


def _program(code: Mapping[str, str | None]) -> str:
    version, commit = code["version"], code["commit"]
    if not commit:
        return str(version)
    altered = "，有改动" if commit.endswith("-dirty") else ""
    return f"{version}（{commit[:12]}{altered}）"
