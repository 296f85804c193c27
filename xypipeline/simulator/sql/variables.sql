-- What the macros of the recipes ask of the hospital at hand.
set variable drug_count = (select drug_count from hospital);
set variable charge_item_count = (select charge_item_count from hospital);
set variable doctor_count = (select doctor_count from hospital);
set variable nurse_count = (select nurse_count from hospital);
set variable technician_count = (select technician_count from hospital);
set variable dispensing_count = (
    select coalesce(any_value(rows), 0) from stream_size
    where table_code = 'inpatient_dispensing'
);
set variable order_count = (
    select coalesce(any_value(rows), 0) from stream_size
    where table_code = 'inpatient_order'
);
set variable visit_count = (
    select coalesce(any_value(rows), 0) from stream_size
    where table_code = 'outpatient_visit'
);
set variable lab_items = (
    select list(word.no order by word.no)
    from word_charge_item as word
    cross join hospital
    where word.fee_category_code = '04' and word.no < hospital.charge_item_count
);
set variable visit_lab_count = (
    select coalesce(any_value(rows) filter (where len(getvariable('lab_items')) > 0), 0)
    from stream_size
    where table_code = 'lab_report' and encounter = 'outpatient'
);
set variable exam_item_count = (select count(*) from word_exam_item);
set variable operation_count = (select count(*) from word_operation);
set variable bacteria_count = (select count(*) from word_bacteria);
set variable tcm_count = (select count(*) from word_tcm_diagnosis);
set variable surname_count = (select count(*) from word_surname);
-- The last panel is the microbiological one, for reports with a culture only.
set variable lab_panel_count = (select max(panel_no) from lab_panel);
set variable clinical_depts = (
    select
        coalesce(
            list(dept_no order by dept_no) filter (
                where
                dept_type_code in ('1', '2')
                -- Women in childbed and children have departments of their own.
                and std_dept_code not in ('05.01', '07')
            ),
            [0]
        )
    from department
);
set variable obstetric_dept = (
    select min(dept_no) filter (where std_dept_code = '05.01') from department
);
set variable lab_dept = (
    select coalesce(min(dept_no) filter (where std_dept_code = '30'), 0) from department
);
set variable exam_dept = (
    select coalesce(min(dept_no) filter (where std_dept_code = '32'), 0) from department
);
set variable pharmacy_dept = (
    select coalesce(min(dept_no) filter (where dept_type_code = '4'), 0) from department
);
