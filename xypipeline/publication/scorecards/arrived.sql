-- Since when each hospital sends each table, the control tables included, as far as is known by the cut-off
-- day. Grain: one row per hospital and table with an accepted row.
select
    org_code,
    table_code,
    min(upload_date) as first_day
from (
    select
        org_code,
        table_code,
        upload_date,
        rows_accepted
    from validated.tally
    union all
    select
        org_code,
        table_code,
        upload_date,
        rows_accepted
    from validated.control_tally
) as delivered
where rows_accepted > 0 and upload_date <= $as_of
group by org_code, table_code
order by org_code, table_code
