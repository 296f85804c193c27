-- Forgets what some rules found in some days, before it is judged anew.
delete from validated.finding
where
    upload_date between $first and $last
    and list_contains($rule_ids, rule_id)
