"""Rules whose patterns are those of the standard's own value domains (R11-02)."""

import polars as pl

from xypipeline.standard.model import Catalogue
from xypipeline.standard.schemas import Breach

WESTERN_SYSTEMS = ["1", "2", "3"]
TCM_SYSTEM = "4"


def coding_rules(catalogue: Catalogue) -> dict[str, Breach]:
    """Rule id and breach, with the patterns that the catalogue gives; none if it lacks one of them."""
    if not {"ICD-10", "GB/T 15657"} <= catalogue.code_lists.keys():
        return {}
    western, traditional = (catalogue.code_lists[domain].pattern for domain in ("ICD-10", "GB/T 15657"))
    system = pl.col("diag_system_code")
    return {
        "R11-02": Breach(
            "diag_system_code",
            (system.is_in(WESTERN_SYSTEMS) & pl.col("diag_code").str.contains(western).not_())
            | ((system == TCM_SYSTEM) & pl.col("tcm_diag_code").str.contains(traditional).not_()),
        ),
    }
