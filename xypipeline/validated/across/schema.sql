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

-- Notifiable diseases (传染病防治法, as of 2023) by the beginning of their ICD-10 codes: a category of three
-- characters, or one of its four-character codes. Grain: one row per beginning; infect_class_code as in
-- LC_INFECT_CLASS: 1 甲类, 2 乙类, 3 丙类.
create or replace temp table notifiable_disease as
select disease.*
from (
    values
    ('A00', '1', '霍乱'),
    ('A20', '1', '鼠疫'),
    ('A01', '2', '伤寒和副伤寒'),
    ('A03', '2', '细菌性痢疾'),
    ('A06', '2', '阿米巴性痢疾'),
    ('A15', '2', '肺结核'),
    ('A16', '2', '肺结核'),
    ('A22', '2', '炭疽'),
    ('A23', '2', '布鲁氏菌病'),
    ('A27', '2', '钩端螺旋体病'),
    ('A33', '2', '新生儿破伤风'),
    ('A36', '2', '白喉'),
    ('A37', '2', '百日咳'),
    ('A38', '2', '猩红热'),
    ('A39', '2', '流行性脑脊髓膜炎'),
    ('A50', '2', '梅毒'),
    ('A51', '2', '梅毒'),
    ('A52', '2', '梅毒'),
    ('A53', '2', '梅毒'),
    ('A54', '2', '淋病'),
    ('A80', '2', '脊髓灰质炎'),
    ('A82', '2', '狂犬病'),
    ('A83.0', '2', '流行性乙型脑炎'),
    ('A90', '2', '登革热'),
    ('A91', '2', '登革热'),
    ('A97', '2', '登革热'),
    ('A98.5', '2', '流行性出血热'),
    ('B05', '2', '麻疹'),
    ('B15', '2', '病毒性肝炎'),
    ('B16', '2', '病毒性肝炎'),
    ('B17', '2', '病毒性肝炎'),
    ('B18', '2', '病毒性肝炎'),
    ('B19', '2', '病毒性肝炎'),
    ('B20', '2', '艾滋病'),
    ('B21', '2', '艾滋病'),
    ('B22', '2', '艾滋病'),
    ('B23', '2', '艾滋病'),
    ('B24', '2', '艾滋病'),
    ('Z21', '2', '艾滋病病毒感染'),
    ('B50', '2', '疟疾'),
    ('B51', '2', '疟疾'),
    ('B52', '2', '疟疾'),
    ('B53', '2', '疟疾'),
    ('B54', '2', '疟疾'),
    ('B65', '2', '血吸虫病'),
    ('J09', '2', '人感染高致病性禽流感'),
    ('U04', '2', '传染性非典型肺炎'),
    ('U07.1', '2', '新型冠状病毒感染'),
    ('A02', '3', '其他感染性腹泻病'),
    ('A04', '3', '其他感染性腹泻病'),
    ('A07', '3', '其他感染性腹泻病'),
    ('A08', '3', '其他感染性腹泻病'),
    ('A09', '3', '其他感染性腹泻病'),
    ('A30', '3', '麻风病'),
    ('A75', '3', '流行性和地方性斑疹伤寒'),
    ('B06', '3', '风疹'),
    ('B08.4', '3', '手足口病'),
    ('B26', '3', '流行性腮腺炎'),
    ('B30.3', '3', '急性出血性结膜炎'),
    ('B55.0', '3', '黑热病'),
    ('B67', '3', '包虫病'),
    ('B74', '3', '丝虫病'),
    ('J10', '3', '流行性感冒'),
    ('J11', '3', '流行性感冒')
) as disease (icd_code, infect_class_code, disease_name);

-- What the daily summaries of a hospital add up to for each business day that one of them, uploaded from
-- first to last, is about. Of each department's summary the latest version counts, of those that came until
-- the review days after; a figure that no department gives is null. Grain: one row per upload date, hospital
-- and business day. A query that uses it reads validated.daily_business_summary.
create or replace temp macro reported(first_day, last_day, review_days) as table
    with day as (
        select distinct
            upload_date,
            org_code,
            business_date,
            upload_date + review_days as last_arrival
        from validated.daily_business_summary
        where upload_date between first_day and last_day and modify_flag is distinct from '3'
    ),

    latest as (
        select summary.* replace (day.upload_date as upload_date)
        from day
        inner join validated.daily_business_summary as summary
            on
                day.org_code = summary.org_code
                and day.business_date = summary.business_date
                and day.last_arrival >= summary.upload_date
        qualify
            row_number() over (
                partition by day.upload_date, day.org_code, day.business_date, summary.dept_code
                order by
                    summary.update_time desc nulls last,
                    summary.upload_date desc,
                    summary.path desc,
                    summary.line desc
            ) = 1
    )

    select
        upload_date,
        org_code,
        business_date,
        sum(outpatient_count) as outpatients,
        sum(emergency_count) as emergencies,
        sum(admission_count) as admissions,
        sum(discharge_count) as discharges,
        sum(transfer_in_count) as transfers_in,
        sum(transfer_out_count) as transfers_out,
        sum(operation_count) as operations,
        sum(lab_report_count) as lab_reports,
        sum(exam_report_count) as exam_reports,
        sum(inpatient_revenue) as inpatient_revenue
    from latest
    where modify_flag is distinct from '3'
    group by upload_date, org_code, business_date;
