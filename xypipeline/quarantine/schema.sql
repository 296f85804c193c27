-- What the queries of quarantine begin from: every breach that keeps a row out, with what intake said of it.
-- Grain: one row per fatal finding. The line's own content stays in raw: it may name a person.
create or replace temporary view fatal_finding as
select
    finding.upload_date,
    finding.org_code,
    finding.table_code,
    finding.path,
    finding.line,
    finding.rule_id,
    finding.column_name,
    finding.value_masked,
    defect.detail,
    defect.path is not null as is_unparsable
from validated.finding as finding
left join raw.defect as defect
    on
        finding.upload_date = defect.upload_date
        and finding.table_code = defect.table_code
        and finding.path = defect.path
        and finding.line = defect.line
        and finding.rule_id = defect.rule_id
where finding.severity = 'fatal'
