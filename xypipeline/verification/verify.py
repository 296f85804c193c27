"""Verifies all editions of a quarter; nothing is changed by it."""

from collections.abc import Callable, Iterator

from xypipeline.errors import PublicationError, XyPipelineError
from xypipeline.periods import Quarter
from xypipeline.publication.editions.basis import load_basis
from xypipeline.publication.editions.period_folder import Edition, PeriodFolder
from xypipeline.settings import Settings
from xypipeline.verification.figures import verify_arithmetic, verify_warehouse
from xypipeline.verification.files import verify_files
from xypipeline.verification.inputs import verify_inputs, verify_landing, verify_taken_in
from xypipeline.verification.verdict import Verdict
from xypipeline.warehouse import read_warehouse


def verify_quarter(settings: Settings, quarter: Quarter, *, with_landing: bool = False) -> Iterator[Verdict]:
    """Check the files of each edition, its arithmetic, and for the latest, warehouse and inputs.

    Earlier editions are not held against the warehouse: it moved on when they were corrected.

    Args:
        settings: where things lie.
        quarter: a quarter with a published edition; without one, its uploads only can be verified.
        with_landing: also read every landing file again.

    Yields:
        Each check's verdict as soon as it is known.

    Raises:
        PublicationError: the quarter has no published edition, or its history is damaged.
    """
    period = PeriodFolder(settings.publication_dir / str(quarter))
    if not period.published_numbers:
        if with_landing:
            yield _verify_taken_in(settings, quarter)
            return
        raise PublicationError(
            f"{quarter} has no published edition to verify; see `xypipeline edition list {quarter}`. "
            "With --landing its uploads can be verified all the same."
        )
    yield from verify_files(period)
    for number in period.published_numbers:
        yield from _told(f"第 {number} 版的指标", lambda number=number: _verify_one(period, number))
    yield from _told("现行一版与数据库", lambda: _verify_latest(settings, period.published()[-1]))
    if with_landing:
        yield from _told("现行一版与上传文件", lambda: _verify_landing(settings, period.published()[-1]))


def _verify_one(period: PeriodFolder, number: int) -> Iterator[Verdict]:
    edition = period.edition_in(period.edition_folder(number))
    if edition is None:
        raise PublicationError(f"{period.edition_folder(number)} is missing.")
    yield verify_arithmetic(edition)


def _verify_latest(settings: Settings, edition: Edition) -> Iterator[Verdict]:
    with read_warehouse(settings.warehouse_path) as connection:
        yield from verify_warehouse(connection, edition)
        yield verify_inputs(connection, edition)


def _verify_landing(settings: Settings, edition: Edition) -> Iterator[Verdict]:
    yield verify_landing(settings.landing_dir, edition)


def _verify_taken_in(settings: Settings, quarter: Quarter) -> Verdict:
    with read_warehouse(settings.warehouse_path) as connection:
        return verify_taken_in(connection, settings.landing_dir, load_basis(quarter.year), quarter)


def _told(subject: str, check: Callable[[], Iterator[Verdict]]) -> Iterator[Verdict]:
    """The check's verdicts; what cannot be checked does not verify, and the rest is checked all the same."""
    try:
        yield from check()
    except XyPipelineError as error:
        yield Verdict(subject, "无法核对", [str(error)])
