-- What a quarter's scores say of each hospital.
-- Grain: one row per registered hospital, in the attachment's order.
with stored as (
    select *
    from scores.standing
    union all by name
    -- A warehouse scored before there was a register of applicability lacks the column.
    select null::integer as tables_applicable
    where false
)

select
    period,
    as_of,
    standard_version,
    policy_version,
    registry_version,
    seq,
    district,
    org_code,
    hospital,
    platform,
    tables_required,
    coalesce(tables_applicable, tables_required) as tables_applicable,
    tables_uploaded,
    rows_uploaded,
    upload_days,
    expected_days,
    interruption_days,
    last_upload_date,
    rows_accepted,
    rows_qualified,
    tier,
    is_severely_missing,
    is_good_continuity,
    score,
    rank,
    remark
from stored
where period = $period
order by seq, org_code
