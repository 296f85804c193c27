"""Renders a quarter's bulletin in all its forms from one row of blocks."""

from xypipeline.publication.bulletin.blocks import parse_blocks
from xypipeline.publication.bulletin.form_table import full_table, official_table
from xypipeline.publication.bulletin.markdown import markdown_bytes
from xypipeline.publication.bulletin.office import OfficeSettings
from xypipeline.publication.bulletin.pdf import Typesetter, bulletin_content, table_content
from xypipeline.publication.bulletin.template import fill_template
from xypipeline.publication.bulletin.word import word_bytes
from xypipeline.publication.bulletin.words import words_of
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.wording import TITLE, footnotes, period_title, versions


def render_bulletin(figures: QuarterFigures, office: OfficeSettings) -> dict[str, bytes]:
    """The bulletin as Markdown, Word and PDF, and its attachment as a PDF of its own, by file name.

    The same figures, office settings and fonts give the same bytes on every machine.

    Raises:
        PublicationError: the office's wording, date or fonts do not make a bulletin; the message names the
            file and what to mend.
    """
    filled = fill_template(office.wording, office.wording_path, words_of(figures, office))
    blocks = parse_blocks(filled, office.wording_path)
    table = official_table(figures.attachment)
    typesetter = Typesetter(office.fonts_dir)
    content = bulletin_content(blocks, table, has_red_head=office.has_red_head)
    return {
        "bulletin.md": markdown_bytes(blocks, table),
        "bulletin.docx": word_bytes(blocks, table, figures.as_of, has_red_head=office.has_red_head),
        "bulletin.pdf": typesetter.set_form("bulletin.typ", figures.as_of, content),
        "attachment.pdf": typesetter.set_form("attachment.typ", figures.as_of, _attachment_content(figures)),
    }


def _attachment_content(figures: QuarterFigures) -> dict[str, object]:
    attachment = figures.attachment
    return {
        "title": TITLE,
        "subtitle": period_title(attachment),
        "table": table_content(full_table(attachment)),
        "notes": [*footnotes(attachment), versions(attachment)],
    }
