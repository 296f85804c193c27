"""The asset of the scorecards: what data stewards act on, beside the documents that the office signs."""

import dagster as dg

from xypipeline.orchestration.faults import RETRIES, told_plainly
from xypipeline.orchestration.partitions import QUARTERS, quarter_of
from xypipeline.orchestration.resources import Platform
from xypipeline.orchestration.score_columns import STANDING
from xypipeline.orchestration.table_specs import STEWARDS
from xypipeline.orchestration.tables import POOL
from xypipeline.policy.policy import load_policy

SCORECARDS = dg.AssetKey(["publication", "scorecards"])


@dg.multi_asset(
    name="scorecards",
    specs=[
        dg.AssetSpec(
            SCORECARDS,
            deps=[STANDING],
            description=(
                "**评分卡**：每家医院、每张表的合格率、规则状态、编码字段、及时性和问题变化，各一页和一个表格文件；"
                "另有全市各表。不属于任何版次，随时按最新数据更新。见 docs/scoring.md 第 13 条。"
            ),
            group_name="publication",
            owners=[STEWARDS],
            kinds={"excel", "html"},
        )
    ],
    partitions_def=QUARTERS,
    retry_policy=RETRIES,
    pool=POOL,
)
def scorecards(context: dg.AssetExecutionContext, platform: Platform) -> dg.MaterializeResult:
    """Write the quarter's scorecards."""
    from xypipeline.publication.figures import read_figures
    from xypipeline.publication.scorecards.folder import keep_scorecards, scorecards_folder
    from xypipeline.publication.scorecards.reading import read_scorecards
    from xypipeline.publication.scorecards.render import render_scorecards
    from xypipeline.validated.judged import judged_rules

    quarter, catalogue = quarter_of(context), platform.catalogue
    folder = scorecards_folder(platform.settings.publication_dir, quarter)
    with told_plainly():
        with platform.warehouse() as connection:
            figures = read_figures(connection, quarter, load_policy(quarter.year))
            judged = judged_rules(catalogue)
            cards = read_scorecards(connection, figures, catalogue, platform.registry, judged)
        contents = render_scorecards(figures, cards)
        keep_scorecards(folder, contents)
    return dg.MaterializeResult(
        metadata={
            "folder": dg.MetadataValue.path(folder),
            "as_of": figures.as_of.isoformat(),
            "hospitals": sum(card.has_delivered for card in cards),
        }
    )
