"""Leaves other hospitals out of a dossier, and sees that they stand in no file of a pack."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from zipfile import ZipFile

from xypipeline.errors import PublicationError
from xypipeline.publication.details.others import Others
from xypipeline.publication.explain.model import Explanation, FactTable
from xypipeline.publication.pages.dossier import Dossier

LEFT_OUT = "与其他医院的比较不列入本包，见公布的附件。"
_ARCHIVES = (".docx", ".xlsx")


def own_dossier(dossier: Dossier, others: Others) -> Dossier:
    """The dossier without what its explanations say of other hospitals."""
    return replace(dossier, explanations=tuple(_own(one, others) for one in dossier.explanations))


class Search:
    """Finds words in files. Most packs share parts with others: each is searched once for all of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [(word, word.encode()) for word in words]
        self._found: dict[bytes, tuple[str, ...]] = {}

    def words_in(self, name: str, content: bytes) -> Iterator[str]:
        """The words in a file, also those in a part of an office file."""
        for part in _parts(name, content):
            if part not in self._found:
                self._found[part] = tuple(word for word, sought in self._words if sought in part)
            yield from self._found[part]


def refuse_others(pack: str, files: Mapping[str, bytes], others: Others, search: Search) -> None:
    """See to it that a pack is its recipient's only.

    Args:
        pack: whose it is, for the message.
        files: by their names in the pack.
        others: what must not be in it.
        search: for all of that and more.

    Raises:
        PublicationError: a file names a hospital that is none of the recipient's; the message names file and
            hospital.
    """
    foreign = set(others.words)
    for name, content in files.items():
        found = next((word for word in search.words_in(name, content) if word in foreign), None)
        if found:
            raise PublicationError(
                f"{pack}: {name} names {found}, which is none of the recipient's hospitals. "
                "This is a mistake of the program: report it, and hand the pack to nobody."
            )


def _parts(name: str, content: bytes) -> Iterator[bytes]:
    if PurePath(name).suffix not in _ARCHIVES:
        yield content
        return
    with ZipFile(io.BytesIO(content)) as archive:
        yield from (archive.read(member) for member in archive.namelist())


def _own(explanation: Explanation, others: Others) -> Explanation:
    own = replace(
        explanation,
        inputs=tuple(_own_rows(table, others) for table in explanation.inputs),
        arithmetic=_own_lines(explanation.arithmetic, others),
        notes=_own_lines(explanation.notes, others),
    )
    return own if own == explanation else replace(own, notes=(*own.notes, LEFT_OUT))


def _own_rows(table: FactTable, others: Others) -> FactTable:
    rows = tuple(row for row in table.rows if not any(others.are_named_in(cell) for cell in row))
    return replace(table, rows=rows)


def _own_lines(lines: tuple[str, ...], others: Others) -> tuple[str, ...]:
    return tuple(line for line in lines if not others.are_named_in(line))
