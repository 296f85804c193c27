-- The last run begun on the command line, and a fingerprint of all that it had and made once it is over;
-- until then, what tells it from runs begun later.
-- Grain: one row, or none.
create table if not exists publication.up_to_date (
    period varchar not null,
    token varchar,
    digest varchar
)
