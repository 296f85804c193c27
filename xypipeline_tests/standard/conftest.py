from pathlib import Path

import pytest

FIELD_HEADER = (
    "no,field_code,legacy_code,title_zh,type,length,precision,required,value_domain,list_separator,"
    "min,max,pattern,data_element_id,sensitive,note"
)
AUDIT_FIELDS = """\
{0},modify_flag,XGBZ,修改标志,string,1,,M,FLAG,,,,,,none,
{1},collect_time,,数据采集时间,datetime,,,M,,,,,,,none,
{2},update_time,,数据更新时间,datetime,,,M,,,,,,,none,
"""
FILES = {
    "standard.toml": 'version = "2030.1"\ntitle = "小标准"\nvalid_from = 2030-01-01\n',
    "tables.csv": """\
no,code,legacy_code,title_zh,domain_zh,domain,grain,primary_key,event_date,expected_frequency,expected_share,applicability,references,parent,absence_note
1,patient,TB_PATIENT,患者,基础,base,每名患者一行,org_code|patient_id,update_time,static,0.25,all,WS 445,,
2,visit,TB_VISIT,就诊,门诊,outp,每次就诊一行,org_code|visit_id,visit_time,daily,0.75,has_clinic,WS 445,\
"patient(org_code=org_code,patient_id=patient_id) when kind_code in 1|2",未开展门诊
""",
    "tables/patient.csv": f"""{FIELD_HEADER}
1,org_code,YLJGDM,医疗机构代码,string,22,,M,,,,,^[0-9A-Z]+$,DE08.10.052.00,none,
2,patient_id,HZID,患者标识,string,32,,M,,,,,,,none,
3,patient_name,XM,姓名,string,50,,M,,,,,,,name,
{AUDIT_FIELDS.format(4, 5, 6)}""",
    "tables/visit.csv": f"""{FIELD_HEADER}
1,org_code,YLJGDM,医疗机构代码,string,22,,M,,,,,^[0-9A-Z]+$,DE08.10.052.00,none,
2,visit_id,JZLSH,就诊流水号,string,32,,M,,,,,,,none,
3,patient_id,HZID,患者标识,string,32,,M,,,,,,,none,
4,visit_time,JZSJ,就诊时间,datetime,,,M,,,,,,,none,
5,kind_code,,就诊类型,string,1,,M,KIND,,,,,,none,
6,scope_codes,,业务范围,string,50,,O,LC_BUSINESS_SCOPE,|,,,,,none,
7,fee,,费用（元）,decimal,10,2,C,,,0,1000.5,,,none,挂号收费时必填
8,age_years,,年龄,int,3,,O,,,0,130,,,none,
{AUDIT_FIELDS.format(9, 10, 11)}""",
    "codes.csv": """\
domain_id,domain_title_zh,source,code,meaning_zh
FLAG,修改标志,自定义,1,正常
FLAG,修改标志,自定义,3,撤销
KIND,就诊类型,自定义,1,门诊
KIND,就诊类型,自定义,2,急诊
LC_BUSINESS_SCOPE,业务范围,自定义,pattern:^[a-z_]+$,标签样式
LC_BUSINESS_SCOPE,业务范围,自定义,has_clinic,门诊
""",
    "rules.csv": """\
table_code,rule_id,title_zh,kind,expression,severity,fatal_on
*,G01,必填项不为空,row,required=M 的字段非空,error,key|event_date
visit,R02-01,就诊类型,row,kind_code 只能为 1 或 2,error,
visit,R02-02,患者在册,cross_table,patient_id 存在于 patient,warn,
""",
    "notifiable_diseases.csv": """\
icd_code,infect_class_code,title_zh
A00,1,霍乱
B30.3,3,急性出血性结膜炎
""",
}


@pytest.fixture
def tiny_standard(tmp_path: Path) -> Path:
    folder = tmp_path / "2030.1"
    (folder / "tables").mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
