"""Lays pages out: one file each, style and script inside, nothing fetched, and nothing else may run."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

_HERE = files("xypipeline.publication.pages")


def lay_out(template: str, /, *, script: str | None = None, **values: object) -> bytes:
    """Fill a template of this or a neighbouring folder, `folder/name.html.j2`, based on `base.html.j2`.

    Values are escaped, and a value that the template names but nobody gives is an error.

    Args:
        template: its path below `publication`.
        script: the name of a script in this folder; the browser is told to run this one only.
        values: what the template names.
    """
    style = _text("style.css")
    code = _text(script) if script else ""
    allowed = [f"style-src {_fingerprint(style)}", *([f"script-src {_fingerprint(code)}"] if code else [])]
    page = load_template(template)
    return page.render(
        # Ours: not to be escaped.
        style=Markup(style),
        script=Markup(code),
        policy="; ".join(("default-src 'none'", "base-uri 'none'", "form-action 'none'", *allowed)),
        **values,
    ).encode()


def load_template(path: str) -> Template:
    """A template by its path below `publication`; what it is given is escaped for HTML and XML."""
    return _environment().get_template(path)


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _fingerprint(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("xypipeline.publication", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
