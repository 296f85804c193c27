-- R12-05: a drug prescribed is in the hospital's catalogue and in use (status 0). A drug that was taken out
-- of use by a catalogue sent before the day of prescribing needs a later version that puts it in use again.
with judged as (
    select
        upload_date,
        org_code,
        path,
        line,
        drug_code,
        prescribe_time::date as prescribed_on
    from validated.prescription_detail
    where upload_date between $first and $last and modify_flag is distinct from '3'
),

used as (
    select distinct
        upload_date,
        org_code,
        drug_code,
        prescribed_on
    from judged
),

listed as (
    select
        used.upload_date,
        used.org_code,
        used.drug_code,
        used.prescribed_on,
        max(drug.upload_date) filter (where drug.record_status = '0') as in_use_on,
        max(drug.upload_date) filter (
            where drug.record_status = '1' and drug.upload_date < used.prescribed_on
        )
            as out_of_use_on
    from used
    inner join validated.drug_catalog as drug
        on
            used.org_code = drug.org_code
            and used.drug_code = drug.drug_code
            and drug.upload_date <= used.upload_date + $review_days
            and drug.modify_flag is distinct from '3'
    group by used.upload_date, used.org_code, used.drug_code, used.prescribed_on
)

select
    judged.upload_date,
    judged.org_code,
    judged.path,
    judged.line,
    'drug_code' as column_name,
    judged.drug_code as value
from judged
left join listed
    on
        judged.upload_date = listed.upload_date
        and judged.org_code = listed.org_code
        and judged.drug_code = listed.drug_code
        and judged.prescribed_on = listed.prescribed_on
where listed.in_use_on is null or listed.in_use_on < listed.out_of_use_on
