-- Since when each hospital sends each table: the first day with an accepted row.
create or replace temp table arrived as
select
    org_code,
    table_code,
    min(upload_date) as first_day
from (
    select *
    from validated.tally
    union all by name
    select *
    from validated.control_tally
) as delivered
where rows_accepted > 0
group by org_code, table_code
