"""What one hospital's notice says, before it is a Word file or a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from xypipeline.publication.attachment import AttachmentRow
from xypipeline.publication.details.finding_groups import FindingGroup, group_findings
from xypipeline.publication.details.model import BREACHES, HospitalDetail
from xypipeline.publication.details.others import others_than, without_others
from xypipeline.publication.details.wording import range_text
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.overview import TIERS
from xypipeline.publication.rectification.grounds import has_notice
from xypipeline.publication.rectification.next_tier import NextTier, count_uploaders, find_next_tier
from xypipeline.publication.standing import HospitalStanding
from xypipeline.publication.wording import day_text, percent_text, period_title
from xypipeline.registry.model import Registry

ISSUER = "信阳市卫生健康委员会"
TITLE = "全民健康信息平台互联互通整改通知单"
RULES_SHOWN = 30
PLACES_NAMED = 3
EXAMPLES_SHOWN = 3
REFUSED_SHOWN = 20


@dataclass(frozen=True)
class Notice:
    """One hospital's notice."""

    standing: HospitalStanding
    row: AttachmentRow
    detail: HospitalDetail
    """Other hospitals hidden."""
    period: str
    """In words."""
    deadline: date
    next_tier: NextTier | None
    next_tier_share: str
    """The completeness at which it begins, in words; empty for the third tier, which begins above nothing."""

    @property
    def is_connected(self) -> bool:
        """Whether it is to mend its uploads, and not first its connection."""
        return self.standing.platform is not None

    @property
    def rules(self) -> tuple[FindingGroup, ...]:
        """The rules broken, errors and worse."""
        return group_findings([one for one in self.detail.findings if one.severity in BREACHES])

    @property
    def interruptions(self) -> str:
        """The interruption days in words, with their number; empty if there are none."""
        ranges = self.detail.interruptions
        if not ranges:
            return ""
        listed = "、".join(range_text(one) for one in ranges)
        return f"共 {sum(one.days for one in ranges)} 天：{listed}。"


def compose_notices(
    figures: QuarterFigures, details: Mapping[str, HospitalDetail], registry: Registry
) -> Iterator[Notice]:
    """The notices of a quarter, in the attachment's order; not every hospital gets one."""
    uploaders = count_uploaders(details, registry)
    cutoffs = figures.policy.tier_cutoffs
    shares = {1: percent_text(cutoffs.first), 2: percent_text(cutoffs.second)}
    for standing, row in zip(figures.standings, figures.attachment.rows, strict=True):
        detail = without_others(
            details[standing.org_code], others_than((standing.org_code,), figures.standings)
        )
        if has_notice(standing, detail):
            next_tier = find_next_tier(detail, standing.tier, cutoffs, uploaders)
            yield Notice(
                standing=standing,
                row=row,
                detail=detail,
                period=period_title(figures.attachment),
                deadline=_deadline(figures, standing),
                next_tier=next_tier,
                next_tier_share=shares.get(next_tier.tier, "") if next_tier else "",
            )


def _deadline(figures: QuarterFigures, standing: HospitalStanding) -> date:
    duty = "unconnected_report_days" if standing.platform is None else "rectification_days"
    return figures.quarter.last + timedelta(days=figures.policy.deadlines[duty])


def opening(notice: Notice) -> str:
    """The first paragraph: how the hospital stands, and what it is asked to do by when."""
    standing, row = notice.standing, notice.row
    as_of, deadline = day_text(standing.as_of), day_text(notice.deadline)
    if not notice.is_connected:
        return (
            f"截至{as_of}，你院信息系统尚未与全民健康信息平台实现互联互通。请于{deadline}前填写下表，"
            "经所在单位卫生健康行政部门报市卫生健康委科技信息科。"
        )
    if standing.has_uploaded:
        state = (
            f"你院上传数据表{row.tables_uploaded}张（要求{standing.tables_required}张），完整率"
            f"{row.completeness_pct}%，属{TIERS[standing.tier]}"
        )
        if row.interruption_days:
            state += f"；上传中断{row.interruption_days}天"
    else:
        state = f"你院未上传数据，属{TIERS[standing.tier]}"
    return (
        f"截至{as_of}，{notice.period}{state}。现将需整改的问题通知如下，请于{deadline}前完成整改，"
        "并将整改情况报市卫生健康委科技信息科。"
    )


def excused_text(notice: Notice) -> str:
    """The tables not uploaded that the register excuses the hospital from; empty if there are none."""
    excused = [one.table.title_zh for one in notice.detail.excused]
    return f"另有{len(excused)}张表经登记未开展，不在此列：{'、'.join(excused)}。" if excused else ""


def way_up(notice: Notice) -> str:
    """How many tables lead into the tier above; empty where there is none above."""
    above = notice.next_tier
    if above is None:
        return ""
    wanting = above.tables_wanted - len(notice.detail.present)
    begins = f"完整率达到{notice.next_tier_share}" if notice.next_tier_share else "有数据上传"
    return (
        f"{TIERS[above.tier]}须{begins}，即至少{above.tables_wanted}张表；你院再上传{wanting}张即可进入。"
        "建议先上传以下各表（同类医院上传较多的在前）："
    )
