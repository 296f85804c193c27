-- R04-02: of the charge items in use, at least 80 % are mapped to a code of the medical insurance. Judged on
-- each day that brought some of them, of the catalogue as it was sent in the 31 days before (a dictionary is
-- sent whole at least monthly) and the review days after. Value: mapped/in use.
with judged as (
    select distinct
        upload_date,
        org_code
    from validated.charge_item
    where upload_date between $first and $last and modify_flag is distinct from '3'
),

catalogue as (
    select
        judged.upload_date,
        judged.org_code,
        item.insurance_item_code,
        item.record_status,
        item.modify_flag
    from judged
    inner join validated.charge_item as item
        on
            judged.org_code = item.org_code
            and item.upload_date between judged.upload_date - 31 and judged.upload_date + $review_days
    qualify
        row_number() over (
            partition by judged.upload_date, judged.org_code, item.charge_item_code
            order by
                item.update_time desc nulls last,
                item.upload_date desc,
                item.path desc,
                item.line desc
        ) = 1
)

select
    upload_date,
    org_code,
    null::varchar as path,
    null::bigint as line,
    'insurance_item_code' as column_name,
    count(insurance_item_code) || '/' || count(*) as value
from catalogue
where modify_flag is distinct from '3' and record_status = '0'
group by upload_date, org_code
having count(insurance_item_code) * 100 < count(*) * 80
