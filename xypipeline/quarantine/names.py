"""Finds the hospital and the table that somebody means."""

from xypipeline.errors import QuarantineError
from xypipeline.registry.model import Registry
from xypipeline.standard.model import Catalogue


def find_org_code(registry: Registry, text: str) -> str:
    """The code of the one hospital that has this code, name, or part of a name.

    Raises:
        QuarantineError: none has, or several have; the message names these.
    """
    wanted = text.strip()
    names = hospital_names(registry)
    exact = [code for code, name in names.items() if wanted in (code, name)]
    found = exact or [code for code, name in names.items() if wanted and wanted in name]
    if len(found) == 1:
        return found[0]
    if not found:
        raise QuarantineError(f"The register has no hospital {wanted!r}; give its code or name.")
    listed = ", ".join(f"{names[code]} ({code})" for code in found)
    raise QuarantineError(f"{wanted!r} may be any of {listed}; give the whole name, or the code.")


def find_table_code(catalogue: Catalogue, text: str) -> str:
    """The code of the table called so by code, legacy code or Chinese title.

    Raises:
        QuarantineError: the standard has no such table.
    """
    table = catalogue.find_table(text)
    if table is None:
        raise QuarantineError(f"The standard has no table {text!r}; see `xypipeline standard list`.")
    return table.code


def hospital_names(registry: Registry) -> dict[str, str]:
    """Names by org_code, in the attachment's order, of every hospital that the register ever held."""
    return {one.org_code: one.name for one in sorted(registry.institutions, key=lambda one: one.seq)}
