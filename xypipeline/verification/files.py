"""Checks the files of a quarter's editions: each against its manifest, each manifest against the history."""

from collections.abc import Iterator

from xypipeline.errors import PublicationError
from xypipeline.publication.editions.evidence import INPUTS, read_frozen
from xypipeline.publication.editions.fingerprints import sha256_of
from xypipeline.publication.editions.history import Decision
from xypipeline.publication.editions.manifest import (
    MANIFEST,
    Manifest,
    find_file_problems,
    find_unlisted_files,
    parse_manifest,
)
from xypipeline.publication.editions.period_folder import EDITIONS, PeriodFolder
from xypipeline.verification.verdict import Verdict


def verify_files(period: PeriodFolder) -> Iterator[Verdict]:
    """A verdict on each published edition, on what is in force, and on folders that nobody decided on."""
    published = [decision for decision in period.history if decision.state == "published"]
    for decision in published:
        yield _verify_edition(period, decision)
    if published:
        yield _verify_in_force(period, published[-1])
    yield from _verify_unknown(period)


def _verify_edition(period: PeriodFolder, decision: Decision) -> Verdict:
    subject = f"第 {decision.edition} 版的文件（{decision.by} {decision.at} 公布）"
    folder = period.edition_folder(decision.edition)
    path = folder / MANIFEST
    try:
        content = path.read_bytes()
        manifest = parse_manifest(content, path)
    except (OSError, PublicationError) as error:
        return Verdict(subject, "清单无法读取", [f"{MANIFEST}：{type(error).__name__}"])
    problems = [*find_file_problems(folder, manifest), *find_unlisted_files(folder, manifest)]
    if sha256_of(content) != decision.manifest_sha256:
        problems.insert(0, f"{MANIFEST}：不是公布时的清单（{EDITIONS} 与 history.jsonl 记录不一致）")
    if not problems:
        problems = _inputs_problems(period, manifest)
    return Verdict(subject, f"{len(manifest.sha256)} 个文件", problems)


def _inputs_problems(period: PeriodFolder, manifest: Manifest) -> list[str]:
    inputs = manifest.facts.inputs
    content = (period.edition_folder(manifest.edition) / INPUTS).read_bytes()
    if (sha256_of(content), read_frozen(content).height) != (inputs["sha256"], inputs["files"]):
        return [f"{INPUTS}：与清单所载的文件数或指纹不一致"]
    return []


def _verify_in_force(period: PeriodFolder, decision: Decision) -> Verdict:
    subject = f"现行文件（应与第 {decision.edition} 版相同）"
    path = period.edition_folder(decision.edition) / MANIFEST
    try:
        manifest = parse_manifest(path.read_bytes(), path)
        problems = find_file_problems(period.folder, manifest)
        if (period.folder / MANIFEST).read_bytes() != path.read_bytes():
            problems.append(f"{MANIFEST}：与第 {decision.edition} 版的不同")
    except (OSError, PublicationError) as error:
        return Verdict(subject, "清单无法读取", [f"{MANIFEST}：{type(error).__name__}"])
    return Verdict(subject, f"{len(manifest.sha256)} 个文件", problems)


def _verify_unknown(period: PeriodFolder) -> Iterator[Verdict]:
    known = {str(number) for number in period.published_numbers}
    found = [
        path.name for path in sorted((period.folder / EDITIONS).glob("[0-9]*")) if path.name not in known
    ]
    if found:
        problems = [f"{EDITIONS}/{name}：history.jsonl 中没有公布记录" for name in found]
        yield Verdict("版次目录", f"{len(found)} 个没有记录的目录", problems)
