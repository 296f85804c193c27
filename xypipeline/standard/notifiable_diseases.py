"""The notifiable diseases of a standard: reading a line of their file, and what is wrong between lines."""

import re
from collections.abc import Iterator, Mapping

from xypipeline.standard.labels import INFECT_CLASSES
from xypipeline.standard.model import Catalogue, NotifiableDisease
from xypipeline.standard.source_lines import SourceLines

NOTIFIABLE_DISEASES = "notifiable_diseases.csv"
CLASS_DOMAIN = "LC_INFECT_CLASS"
_ICD_10 = re.compile(r"[A-Z][0-9]{2}(\.[0-9])?")


def read_disease(row: Mapping[str, str]) -> NotifiableDisease:
    """One line of `notifiable_diseases.csv`.

    Raises:
        ValueError: a cell is malformed.
    """
    code, class_code, title = row["icd_code"], row["infect_class_code"], row["title_zh"].strip()
    if not _ICD_10.fullmatch(code):
        raise ValueError(f"{code!r} is no category of ICD-10 such as A15, nor a code of it such as B30.3.")
    if class_code not in INFECT_CLASSES:
        raise ValueError(f"{class_code!r} is none of {', '.join(INFECT_CLASSES)}.")
    if not title:
        raise ValueError(f"{code} has no title_zh; give it one.")
    return NotifiableDisease(code, class_code, title)


def contradictions_of_diseases(catalogue: Catalogue, lines: SourceLines) -> Iterator[str]:
    """Name what contradicts another line or file: a code in a category that is listed, an unknown class."""
    codes = {disease.code for disease in catalogue.notifiable_diseases}
    classes = catalogue.code_lists.get(CLASS_DOMAIN)
    for disease in catalogue.notifiable_diseases:
        category, _, detail = disease.code.partition(".")
        if detail and category in codes:
            yield (
                f"{lines.of_disease(disease.code)}: {disease.code} lies in {category}, which is listed, too; "
                "delete one of them."
            )
        if classes and disease.class_code not in classes.codes:
            yield (
                f"{lines.of_disease(disease.code)}: the class {disease.class_code} is no code of "
                f"{CLASS_DOMAIN}; correct it."
            )
