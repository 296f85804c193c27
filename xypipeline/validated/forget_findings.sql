-- Take back what was found about one table in the days.
-- Grain: one row per breach of a rule.
delete from validated.finding
where
    table_code = $table_code
    and upload_date between $first and $last
