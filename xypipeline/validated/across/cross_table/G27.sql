-- G27: the platform holds as many records of a business day as the hospital declared for the table. Of a
-- declaration, and of each record, the latest version counts, of those that came until the review days after
-- the declaration; what is revoked is none. Dictionaries have no business day and are not judged.
-- Grain: one row per hospital, business day and day of declaration. Value: business day and held/declared.
-- any of: declaration, $code
with promise as (
    select
        upload_date,
        org_code,
        business_date,
        declared_rows
    from validated.declaration
    where table_code = '$code' and upload_date between $first and $last
    qualify
        row_number() over (
            partition by upload_date, org_code, business_date
            order by declared_time desc nulls last, path desc, line desc
        ) = 1
),

latest as (
    select
        promise.upload_date,
        promise.org_code,
        promise.business_date,
        child.modify_flag
    from promise
    inner join validated.$table as child
        on
            promise.org_code = child.org_code
            and promise.business_date = child."$column"::date
            and promise.upload_date + $review_days >= child.upload_date
    qualify
        row_number() over (
            partition by promise.upload_date, promise.business_date, $key
            order by
                child.update_time desc nulls last,
                child.upload_date desc,
                child.path desc,
                child.line desc
        ) = 1
),

held as (
    select
        upload_date,
        org_code,
        business_date,
        count(*) as records
    from latest
    where modify_flag is distinct from '3'
    group by upload_date, org_code, business_date
)

select
    promise.upload_date,
    promise.org_code,
    null::varchar as path,
    null::bigint as line,
    null::varchar as column_name,
    promise.business_date || ' ' || coalesce(held.records, 0) || '/' || promise.declared_rows as value
from promise
left join held
    on
        promise.upload_date = held.upload_date
        and promise.org_code = held.org_code
        and promise.business_date = held.business_date
where promise.declared_rows <> coalesce(held.records, 0)
