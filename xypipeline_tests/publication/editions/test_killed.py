"""Whatever step a kill comes before, the next run gives what an undisturbed one gives."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from xypipeline.publication.editions.drafting import keep_current
from xypipeline.publication.editions.period_folder import PeriodFolder
from xypipeline.publication.editions.transitions import publish_reviewed, review_draft
from xypipeline_tests.publication.editions.killing import KilledError, killed_before_step
from xypipeline_tests.publication.editions.one_figure import snapshot_of
from xypipeline_tests.publication.editions.small_quarter import NOW, tree

MOST_STEPS = 200
Act = Callable[[Path], None]


def draft(folder: Path, rows: int) -> None:
    documents = {"attachment.json": b"%d" % rows, f"hospitals/{rows}.html": b"page"}
    keep_current(folder, snapshot_of(rows), lambda: documents)


def publish(folder: Path) -> None:
    publish_reviewed(folder, "王", NOW)


def review(folder: Path) -> None:
    review_draft(folder, "李", NOW)


def draft_first(folder: Path) -> None:
    draft(folder, 1)


def draft_second(folder: Path) -> None:
    draft(folder, 2)


UP_TO_PUBLISHED = (draft_first, review, publish)


@pytest.mark.parametrize(
    ("before", "killed", "run_again"),
    [
        ((), draft_first, draft_first),
        ((draft_first,), draft_second, draft_second),
        ((draft_first, review), publish, draft_first),
        pytest.param(UP_TO_PUBLISHED, draft_second, draft_second, marks=pytest.mark.slow),
        pytest.param((*UP_TO_PUBLISHED, draft_second, review), publish, draft_second, marks=pytest.mark.slow),
        ((*UP_TO_PUBLISHED, draft_second), draft_first, draft_first),
    ],
    ids=["first draft", "draft again", "publish", "correction", "publish correction", "correction dropped"],
)
def test_the_next_run_repairs(before: tuple[Act, ...], killed: Act, run_again: Act, tmp_path: Path) -> None:
    prepared = tmp_path / "prepared" / "2023Q2"
    for act in before:
        act(prepared)
    undisturbed = copy(prepared, tmp_path / "undisturbed")
    killed(undisturbed)
    frozen = tree(prepared / "editions")

    for step in range(1, MOST_STEPS):
        folder = copy(prepared, tmp_path / str(step))
        try:
            with killed_before_step(step):
                killed(folder)
            break
        except KilledError:
            assert frozen.items() <= tree(folder / "editions").items()
            run_again(folder)
            # A publishing that was killed is either done, or nothing of it is, and its review still holds.
            if killed is publish and PeriodFolder(folder).draft():
                publish(folder)
            assert tree(folder) == tree(undisturbed)
    else:
        pytest.fail("more steps than expected")
    assert step > 5


def copy(prepared: Path, target: Path) -> Path:
    if prepared.exists():
        shutil.copytree(prepared, target / prepared.name)
    return target / prepared.name
