"""Runs, reviews and publishings in any order, any of them killed at any step."""

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from xypipeline.errors import PublicationError
from xypipeline.publication.editions.drafting import keep_current
from xypipeline.publication.editions.fingerprints import sha256_of
from xypipeline.publication.editions.period_folder import PeriodFolder
from xypipeline.publication.editions.transitions import publish_reviewed, review_draft
from xypipeline_tests.publication.editions.killing import KilledError, killed_before_step
from xypipeline_tests.publication.editions.one_figure import snapshot_of
from xypipeline_tests.publication.editions.small_quarter import NOW, edition_tree, tree

FIGURES = st.integers(1, 3)
STEPS = st.one_of(st.just(1000), st.integers(1, 40))


class Publication(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp()) / "2023Q2"
        self.frozen: dict[str, dict[str, bytes]] = {}
        self.history = ""

    def teardown(self) -> None:
        shutil.rmtree(self.folder.parent)

    @rule(rows=FIGURES, step=STEPS)
    def run(self, rows: int, step: int) -> None:
        try:
            with killed_before_step(step):
                self._run(rows)
        except KilledError:
            return
        published = PeriodFolder(self.folder).published()
        if published:
            assert edition_tree(self.folder) == tree(published[-1].folder)

    @rule(rows=FIGURES)
    def the_run_after_whatever_happened_is_right(self, rows: int) -> None:
        outcome = self._run(rows)

        period = PeriodFolder(self.folder)
        assert json.loads((outcome.folder / "attachment.json").read_text()) == rows
        assert not list(self.folder.rglob(".*.part"))
        in_force = period.latest()
        is_due = not in_force or json.loads((in_force.folder / "attachment.json").read_text()) != rows
        assert (period.draft() is not None) == is_due

    @rule(rows=FIGURES)
    def all_goes_well(self, rows: int) -> None:
        self._run(rows)
        if PeriodFolder(self.folder).draft():
            review_draft(self.folder, "李", NOW)
            publish_reviewed(self.folder, "王", NOW)

        assert PeriodFolder(self.folder).draft() is None
        assert json.loads((self.folder / "attachment.json").read_text()) == rows

    @rule(step=STEPS)
    def review(self, step: int) -> None:
        try:
            with killed_before_step(step):
                decision = review_draft(self.folder, "李", NOW)
        except (KilledError, PublicationError):
            return
        draft = PeriodFolder(self.folder).draft()
        assert (draft.state, draft.number) == ("reviewed", decision.edition)

    @rule(step=STEPS)
    def publish(self, step: int) -> None:
        period = PeriodFolder(self.folder)
        before = period.draft()
        is_reviewed = before is not None and before.state == "reviewed"
        try:
            with killed_before_step(step):
                decision = publish_reviewed(self.folder, "王", NOW)
        except (KilledError, PublicationError):
            return
        assert is_reviewed
        assert decision.manifest_sha256 == before.manifest_sha256
        assert tree(self.folder / "editions" / str(decision.edition)) == edition_tree(self.folder)

    @invariant()
    def what_was_published_never_changes(self) -> None:
        period = PeriodFolder(self.folder)
        assert period.published_numbers == list(range(1, len(period.published_numbers) + 1))
        for edition in period.published():
            found = tree(edition.folder)
            assert self.frozen.setdefault(edition.folder.name, found) == found
            assert sha256_of(found["manifest.json"]) == edition.manifest_sha256

    @invariant()
    def history_is_only_appended_to(self) -> None:
        path = self.folder / "history.jsonl"
        now = path.read_text() if path.exists() else ""
        assert now.startswith(self.history)
        self.history = now

    def _run(self, rows: int) -> object:
        documents = {"attachment.json": b"%d" % rows, f"hospitals/{rows}.html": b"page"}
        return keep_current(self.folder, snapshot_of(rows), lambda: documents)


Publication.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestPublication = pytest.mark.slow(Publication.TestCase)
