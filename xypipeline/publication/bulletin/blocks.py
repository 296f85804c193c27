"""The bulletin as a row of blocks, each with its place in an official document; all forms are made of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from xypipeline.errors import PublicationError

# Paragraphs, headings and the rule; anything else in the wording is text.
_PARSER = MarkdownIt("zero").enable(["heading", "hr", "escape", "entity"])


class Kind(StrEnum):
    """What a block is in an official document (GB/T 9704)."""

    ISSUER = "issuer"
    NUMBER = "number"
    TITLE = "title"
    RECIPIENTS = "recipients"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    ATTACHMENT = "attachment"
    """The line below the text that names the attachment."""
    SIGNATURE = "signature"
    DATE = "date"
    LABEL = "label"
    """附件, above the attachment's title; the first block of the attachment's pages."""
    TABLE_TITLE = "table_title"
    """The attachment's title; the table follows it."""
    NOTE = "note"


_BEFORE_TITLE = (Kind.ISSUER, Kind.NUMBER)
_CLOSING = (Kind.ATTACHMENT, Kind.SIGNATURE, Kind.DATE)
_ONCE = (*_BEFORE_TITLE, Kind.TITLE, Kind.RECIPIENTS, *_CLOSING, Kind.LABEL, Kind.TABLE_TITLE)
_ATTACHMENT_MARK, _RECIPIENTS_MARK = "附件：", "："


@dataclass(frozen=True)
class Block:
    """One paragraph."""

    kind: Kind
    text: str
    """Plain text on one line; in a title, spaces are where its lines may end."""


def parse_blocks(markdown: str, path: Path) -> tuple[Block, ...]:
    """Read the filled wording.

    Raises:
        PublicationError: a part of an official document is missing or stands twice; the message names the
            wording's file.
    """
    elements = list(_elements(_PARSER.parse(markdown)))
    rules = [place for place, (tag, _) in enumerate(elements) if tag == "hr"]
    if len(rules) != 1:
        raise PublicationError(f"{path}: needs one line ---, before the attachment; it has {len(rules)}.")
    letter, attachment = elements[: rules[0]], elements[rules[0] + 1 :]
    blocks = (*_letter(letter), *_attachment(attachment))
    kinds = [block.kind for block in blocks]
    wrong = [kind.value for kind in _ONCE if kinds.count(kind) != 1]
    if wrong:
        raise PublicationError(
            f"{path}: must have exactly one {', '.join(wrong)}; compare it with the wording that it replaces."
        )
    return blocks


def _elements(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Tag and text of each paragraph, heading and rule."""
    tag = ""
    for token in tokens:
        if token.type in ("paragraph_open", "heading_open"):
            tag = token.tag
        elif token.type == "hr":
            yield "hr", ""
        elif token.type == "inline":
            # A line break within a paragraph is the author's convenience; Chinese has no space there.
            text = "".join(child.content for child in token.children or ()).replace("\n", "")
            if text:
                yield tag, text


def _letter(elements: list[tuple[str, str]]) -> Iterator[Block]:
    closing = iter(())
    before_title = iter(_BEFORE_TITLE)
    has_title = has_recipients = False
    for tag, text in elements:
        if tag == "h1":
            has_title = True
            kind = Kind.TITLE
        elif tag != "p":
            kind = Kind.HEADING if tag == "h2" else Kind.SUBHEADING
        elif not has_title:
            kind = next(before_title, Kind.NUMBER)
        elif not has_recipients:
            has_recipients = True
            kind = Kind.RECIPIENTS if text.endswith(_RECIPIENTS_MARK) else Kind.BODY
        else:
            if text.startswith(_ATTACHMENT_MARK):
                closing = iter(_CLOSING)
            kind = next(closing, Kind.BODY)
        yield Block(kind, text)


def _attachment(elements: list[tuple[str, str]]) -> Iterator[Block]:
    has_title = False
    for tag, text in elements:
        if tag == "h1":
            has_title = True
            yield Block(Kind.TABLE_TITLE, text)
        else:
            yield Block(Kind.NOTE if has_title else Kind.LABEL, text)
