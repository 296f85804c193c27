-- Take back the counts of one table's files in the days.
-- Grain: one row per file.
delete from validated.tally
where
    table_code = $table_code
    and upload_date between $first and $last
