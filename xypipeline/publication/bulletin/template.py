"""Fills the wording's template: in a sandbox, with every unknown name an error that tells its line."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import FunctionLoader, StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from xypipeline.errors import PublicationError


def fill_template(wording: str, path: Path, words: Mapping[str, object]) -> str:
    """The wording with its figures, as Markdown.

    Args:
        wording: the template's text.
        path: where it was read from, for messages.
        words: what it may name.

    Raises:
        PublicationError: the template is malformed, names something unknown, or tries what it may not; the
            message names file and line.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda name: (wording, str(path), None) if name == path.name else None),
        undefined=StrictUndefined,
        # The result is Markdown, never HTML; what comes from outside is escaped for it already.
        autoescape=False,
    )
    try:
        return environment.get_template(path.name).render(words)
    except TemplateSyntaxError as error:
        raise PublicationError(f"{path}, line {error.lineno}: {error.message}. Mend the wording.") from error
    except Exception as error:  # noqa: BLE001 -- whatever an expression in the office's file raises is its error
        place = f"{path}, line {_line_of(error, path)}"
        raise PublicationError(f"{place}: {error}. Mend the wording.") from error


def _line_of(error: Exception, path: Path) -> int:
    """The template's line that was being filled; Jinja puts it on the traceback."""
    line, frame = 0, error.__traceback__
    while frame:
        if frame.tb_frame.f_code.co_filename == str(path):
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
