-- R51-04: over the whole hospital as many patients are transferred in as out, by the summaries of each
-- business day. Judged of the business days whose summaries came on the day. Value: business day and in/out.
-- any of: daily_business_summary
select
    upload_date,
    org_code,
    null::varchar as path,
    null::bigint as line,
    'transfer_in_count' as column_name,
    business_date || ' ' || transfers_in || '/' || transfers_out as value
from reported($first, $last, $review_days)
where transfers_in <> transfers_out
