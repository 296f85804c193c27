-- Files whose content is no longer what was taken in, or that are gone: landing is only ever added to.
-- Grain: one row per change that a later intake of the day came upon, in the order of coming upon them.
create table if not exists landing.change (
    upload_date date not null,
    path varchar not null,
    org_code varchar,
    table_code varchar,
    kind varchar not null,
    sha256_before varchar,
    sha256_now varchar
)
