-- Forgets what a rule found in some days, before it is judged anew.
delete from validated.finding
where
    table_code = $table_code
    and rule_id = $rule_id
    and upload_date between $first and $last
