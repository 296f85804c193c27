"""A policy's numbers one by one, as people read them, and how two policies differ."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xypipeline.errors import PolicyError
from xypipeline.policy.policy import POLICY_DIR, find_policy_file, read_values

_PCT, _POINTS, _DAYS, _DECIMALS = "%", "分", "天", "位小数"
_MB, _CHARACTERS = "MB", "个字符"
TITLES: Mapping[str, tuple[str, str]] = {
    "tiers.first_at_least_pct": ("第一梯队，完整率不低于", _PCT),
    "tiers.second_at_least_pct": ("第二梯队，完整率不低于", _PCT),
    "tiers.severely_missing_below_pct": ("严重缺失，完整率低于", _PCT),
    "continuity.good_at_most_days": ("数据连续性良好，中断不超过", _DAYS),
    "weights.total": ("总分", _POINTS),
    "weights.connection": ("联通", _POINTS),
    "weights.completeness": ("数据完整性", _POINTS),
    "weights.volume": ("上传数据量", _POINTS),
    "comparison.improved_at_least_points": ("进步名单，增加不少于", _POINTS),
    "decimals.completeness_pct": ("数据完整率保留", _DECIMALS),
    "decimals.qualified_pct": ("合格率保留", _DECIMALS),
    "decimals.access_rate_pct": ("接入率保留", _DECIMALS),
    "decimals.score": ("得分保留", _DECIMALS),
    "deadlines.unconnected_report_days": ("未联通原因报送期限", _DAYS),
    "deadlines.rectification_days": ("整改期限", _DAYS),
    "retention.raw_days": ("原始行保存", _DAYS),
    "retention.acceptance_pages": ("发布前核对的页面，每个统计期保存", "份"),
    "intake.file_mb": ("接收：单个文件（解压后）不超过", _MB),
    "intake.large_file_mb": ("接收：分段读入的文本文件（解压后）不超过", _MB),
    "intake.expanded_mb": ("接收：工作簿、Parquet 展开后不超过", _MB),
    "intake.archive_mb": ("接收：压缩包展开后不超过", _MB),
    "intake.archive_members": ("接收：压缩包内文件不超过", "个"),
    "intake.ratio": ("接收：压缩比不超过", "倍"),
    "intake.rows": ("接收：一次读入不超过", "行"),
    "intake.columns": ("接收：表头不超过", "列"),
    "intake.field_characters": ("接收：单个值不超过", _CHARACTERS),
    "intake.line_characters": ("接收：单行不超过", _CHARACTERS),
    "applicability.renewal_within_days": ("未开展登记，到期前提示续期", _DAYS),
    "upload_state.interrupted_above_days": ("每日表，缺传超过即为中断", _DAYS),
    "patrol.history_days": ("巡查：正常与否看此前", _DAYS),
    "patrol.normal_at_least_days": ("巡查：正常须至少上传", _DAYS),
    "patrol.hospital_normal_at_least_pct": ("巡查：医院正常，上传天数占比不低于", _PCT),
    "patrol.table_normal_at_least_pct": ("巡查：单表正常，上传天数占比不低于", _PCT),
    "patrol.platform_at_least_pct": ("巡查：平台中断，医院占比不低于", _PCT),
    "patrol.platform_at_least_hospitals": ("巡查：平台中断，医院不少于", "家"),
    "patrol.delayed_above_days": ("巡查：数据滞后超过", _DAYS),
}
"""Title and unit of each number of a policy, by section and key."""

# What decides tier, continuity, score and rank; the other numbers change wording, dates or the patrol only.
_JUDGING = ("tiers.", "continuity.", "weights.")


@dataclass(frozen=True)
class Threshold:
    """One number of a policy."""

    key: str
    """Section and key: `tiers.first_at_least_pct`."""
    value: int | Decimal

    @property
    def title_zh(self) -> str:
        """What it decides."""
        return TITLES[self.key][0]

    @property
    def shown(self) -> str:
        """The number with its unit."""
        number = f"{self.value:f}"
        plain = number.rstrip("0").rstrip(".") if "." in number else number
        return f"{plain} {TITLES[self.key][1]}"

    @property
    def is_judging(self) -> bool:
        """Whether it decides tier, continuity, score or rank."""
        return self.key.startswith(_JUDGING)


@dataclass(frozen=True)
class ChangedThreshold:
    """A number that two policies do not share."""

    old: Threshold
    new: Threshold


def find_policy(text: str) -> Path:
    """The file of the policy that somebody means: a year (`2023`), or a path to a `.toml`.

    Raises:
        PolicyError: there is no policy for the year, or no such file.
    """
    if re.fullmatch(r"\d{4}", text.strip()):
        return find_policy_file(int(text), POLICY_DIR)
    path = Path(text).expanduser()
    if path.suffix != ".toml" or not path.is_file():
        raise PolicyError(f"{text} is neither a year nor the path of a .toml file; give either.")
    return path


def read_thresholds(path: Path) -> list[Threshold]:
    """Every number of a policy, in the order of `TITLES`.

    Raises:
        PolicyError: the file is malformed.
    """
    values = read_values(path)
    return [Threshold(key, values[section][name]) for key, section, name in _keys()]


def changed_thresholds(old: Path, new: Path) -> list[ChangedThreshold]:
    """The numbers that differ, in the order of `TITLES`; 60 and 60.0 do not.

    Raises:
        PolicyError: a file is malformed.
    """
    pairs = zip(read_thresholds(old), read_thresholds(new), strict=True)
    return [ChangedThreshold(before, after) for before, after in pairs if before.value != after.value]


def _keys() -> Iterator[tuple[str, str, str]]:
    for key in TITLES:
        section, _, name = key.partition(".")
        yield key, section, name
