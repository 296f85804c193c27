-- G14: the record that a row refers to exists, and is not revoked; it may arrive up to the review days later.
-- Nearly always it came the week before or later, and all that came before need not be looked at.
with not_lately as (
    select child.*
    from validated.$table as child
    anti join validated.$parent_table as parent
        on
            $same_record
            and parent.upload_date >= $first::date - 7
            and parent.upload_date <= child.upload_date + $review_days
            and parent.modify_flag is distinct from '3'
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
        and $refers
)

select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    '$column' as column_name,
    child.$column::varchar as value
from not_lately as child
anti join validated.$parent_table as parent
    on
        $same_record
        and parent.upload_date <= child.upload_date + $review_days
        and parent.modify_flag is distinct from '3'
