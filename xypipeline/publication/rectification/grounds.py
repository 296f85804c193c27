"""Whether a hospital is given a rectification notice."""

from xypipeline.publication.details.model import BREACHES, HospitalDetail
from xypipeline.publication.standing import HospitalStanding


def has_notice(standing: HospitalStanding, detail: HospitalDetail) -> bool:
    """Whether there is something to put right.

    Hospitals on the province platform are the province's to follow up. Others get a notice unless they are
    connected, lack no table that they owe, were never interrupted, no row broke a rule or was refused, and
    nothing is to be settled about what the register excuses them from.
    """
    if standing.platform == "province":
        return False
    return bool(standing.platform is None or detail.wanting or detail.interruptions or _has_breach(detail))


def _has_breach(detail: HospitalDetail) -> bool:
    if any(one.is_open for one in detail.inapplicable):
        return True
    return detail.refused_count > 0 or any(one.severity in BREACHES for one in detail.findings)
