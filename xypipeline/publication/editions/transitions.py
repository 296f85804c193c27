"""draft -> reviewed -> published: the two decisions that people take, and the repair after a kill."""

from datetime import datetime
from pathlib import Path

from xypipeline.errors import PublicationError
from xypipeline.publication.editions.files import discard_folder, freeze_folder, remove_unfinished
from xypipeline.publication.editions.history import Decision, record
from xypipeline.publication.editions.period_folder import EDITIONS, Edition, PeriodFolder


def review_draft(folder: Path, by: str, at: datetime) -> Decision:
    """Record that somebody has looked through the draft in a period's folder, byte for byte as it lies there.

    Raises:
        PublicationError: there is no draft, or it is not whole.
    """
    draft = _draft_of(repair(folder))
    draft.read_contents()
    return record(folder, draft.number, "reviewed", by, at, draft.manifest_sha256)


def publish_reviewed(folder: Path, by: str, at: datetime) -> Decision:
    """Freeze the reviewed draft as the next edition and put it in force.

    The line of history is what publishes: before it nothing is, after it the edition is whole on the disk.

    Raises:
        PublicationError: there is no draft, it is not whole, or other bytes than these were reviewed.
    """
    period = repair(folder)
    draft = _draft_of(period)
    if draft.state != "reviewed":
        raise PublicationError(_not_reviewed(period, draft))
    freeze_folder(period.edition_folder(draft.number), draft.read_contents())
    decision = record(folder, draft.number, "published", by, at, draft.manifest_sha256)
    repair(folder)
    return decision


def repair(folder: Path) -> PeriodFolder:
    """Finish what was killed: drop an edition that was not published, put the latest published one in force.

    Raises:
        PublicationError: a published edition is missing or damaged, or there is one that history does not
            know of; nothing is touched then.
    """
    period = PeriodFolder(folder)
    latest = period.latest()
    contents = latest.read_contents() if latest else {}
    unpublished = _unpublished_folders(period)
    remove_unfinished(folder)
    for left in unpublished:
        discard_folder(left)
    if latest:
        period.write(folder, contents)
        if period.draft() is None:
            period.drop_correction()
    return period


def _unpublished_folders(period: PeriodFolder) -> list[Path]:
    editions = period.folder / EDITIONS
    known = {str(number) for number in period.published_numbers}
    found = [path for path in sorted(editions.glob("[0-9]*")) if path.name not in known]
    for path in found:
        edition = period.edition_in(path)
        # A publishing that was killed had a review to go by; without one, lines of history are lost.
        if edition is None or edition.state != "reviewed":
            raise PublicationError(
                f"{path} is an edition that {period.folder / 'history.jsonl'} does not know of: "
                "restore the history from a backup."
            )
    return found


def _draft_of(period: PeriodFolder) -> Edition:
    draft = period.draft()
    if draft:
        return draft
    if period.published_numbers:
        raise PublicationError(
            f"{period.folder.name} is published as edition {period.published_numbers[-1]}, and there is no "
            "correction to decide on."
        )
    raise PublicationError(f"{period.folder} holds no draft; run {period.folder.name} first.")


def _not_reviewed(period: PeriodFolder, draft: Edition) -> str:
    name = f"{period.folder.name} edition {draft.number}"
    advice = f"look through {draft.folder}, then `xypipeline edition review {period.folder.name} --by 姓名`."
    earlier = [one for one in period.history if one.edition == draft.number]
    if not earlier:
        return f"{name} has not been reviewed; {advice}"
    return f"{name} has changed since {earlier[-1].by} reviewed it ({earlier[-1].at}); {advice}"
