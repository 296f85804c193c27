-- Rules that could not be computed for some days. Grain: one row per rule, table and attempt.
create table if not exists validated.rule_error (
    rule_id varchar not null,
    table_code varchar not null,
    first_day date not null,
    last_day date not null
);

-- A text as a finding may show it: 40 characters, in which longer numbers are masked.
create or replace temp macro shown(text) as
left(regexp_replace(text, '(\d{3})\d{2,}(\d{2})', '\1****\2', 'g'), 40);
