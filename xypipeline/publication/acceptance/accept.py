"""Holds a quarter's figures against the suites; whatever fails here is not published."""

from collections.abc import Iterator, Mapping

import pandas as pd

from xypipeline.publication.acceptance.engine import (
    BatchDefinition,
    DataContextConfig,
    ExpectationValidationResult,
    InMemoryStoreBackendDefaults,
    gx,
)
from xypipeline.publication.acceptance.frames import (
    LINE,
    lay_out_figures,
    lay_out_revisions,
    lay_out_roll,
)
from xypipeline.publication.acceptance.material import Material
from xypipeline.publication.acceptance.suites import suites_of
from xypipeline.publication.acceptance.titles import text_of
from xypipeline.publication.acceptance.verdict import Acceptance, Finding, Verdict

# Which lines fail, but no sample of their values: messages take these from the frame.
_RESULT_FORMAT = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [LINE],
    "partial_unexpected_count": 0,
    "include_unexpected_rows": False,
}


def accept(material: Material) -> Acceptance:
    """Run every suite."""
    context = _context()
    figures = lay_out_figures(material)
    frames = {"registered_once": lay_out_roll(material), "no_unexplained_fall": lay_out_revisions(material)}
    source = context.data_sources.add_pandas("figures")
    verdicts = []
    for name, suite in suites_of(material).items():
        frame = frames.get(name, figures)
        batch = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe(name)
        verdicts.append(_judge(name, context.suites.add(suite), batch, frame))
    return Acceptance(str(material.quarter), tuple(verdicts))


def _context() -> gx.data_context.EphemeralDataContext:
    # Everything in memory: by default it makes a folder for its own pages and leaves it behind.
    stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    config = DataContextConfig(store_backend_defaults=stores, progress_bars={"globally": False})
    return gx.get_context(mode="ephemeral", project_config=config)


def _judge(name: str, suite: gx.ExpectationSuite, batch: BatchDefinition, frame: pd.DataFrame) -> Verdict:
    if frame.empty:
        return Verdict(name, 0, tuple(_finding(one.configuration, ()) for one in suite.expectations))
    definition = gx.ValidationDefinition(name=name, data=batch, suite=suite)
    outcome = definition.run(batch_parameters={"dataframe": frame}, result_format="BOOLEAN_ONLY")
    if not outcome.success:
        # Only now which lines: to collect them costs as much again.
        outcome = definition.run(batch_parameters={"dataframe": frame}, result_format=_RESULT_FORMAT)
    by_id = {one.expectation_config.id: one for one in outcome.results}
    results = [by_id[one.id] for one in suite.expectations]
    findings = (_finding(one.expectation_config, tuple(_tell(one, frame))) for one in results)
    return Verdict(name, len(frame), tuple(findings))


def _tell(outcome: ExpectationValidationResult, frame: pd.DataFrame) -> Iterator[str]:
    if outcome.success:
        return
    config = outcome.expectation_config
    failed = outcome.result.get("unexpected_index_list")
    if not failed:
        # Not looked at is not passed.
        yield f"“{config.notes}”未能核对，程序有误，请联系开发人员"
        return
    for found in failed:
        line: Mapping[str, object] = frame.iloc[found[LINE]]
        yield config.meta["tells"].format_map({name: text_of(line[name]) for name in frame.columns})


def _finding(config: object, problems: tuple[str, ...]) -> Finding:
    return Finding(config.type, config.notes, config.severity.value, problems)
