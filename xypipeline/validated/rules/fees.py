"""Rules of charges, fee lines and settlements (R17-R20)."""

from decimal import Decimal

import polars as pl

from xypipeline.standard.schemas import Breach
from xypipeline.validated.rules.predicates import is_after, is_wrong_product, is_wrong_sum

_PAYERS = ("insurance_amount", "personal_account_amount", "self_pay_amount", "other_pay_amount")
# No part is negative, so those that are given must already fit into the total.
_PARTS = pl.sum_horizontal("drug_amount", "material_amount", "exam_amount", "lab_amount")

RULES = {
    "R17-01": Breach("total_amount", is_wrong_sum("total_amount", *_PAYERS)),
    "R17-04": Breach("total_amount", pl.col("total_amount") + Decimal("0.01") < _PARTS),
    "R18-01": Breach("amount", is_wrong_product("amount", "unit_price", "quantity")),
    "R19-01": Breach("amount", is_wrong_product("amount", "unit_price", "quantity")),
    "R20-01": Breach("total_amount", is_wrong_sum("total_amount", *_PAYERS)),
    "R20-03": Breach(
        "fee_end_date", is_after("fee_start_date", "fee_end_date") | is_after("fee_end_date", "charge_time")
    ),
}
