"""Power users: the power company's accounts, one row per 户号.

Exported from the marketing system when it is asked for; every delivery is a full or partial list, and
what changed between two deliveries is the account's history. It misbehaves: 户号 with leading zeros that
a spreadsheet would eat, field names of two generations of the system, village codes that lag behind the
division's, natural persons among the names (which go no further than the raw zone).

    minewatch load inbox/power_users
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="power_users",
    title="用电户档案",
    columns=(
        Column(
            "meter_id",
            "户号",
            "identifier",
            ("cust_no", "cons_no", "consNo", "用户编码", "用户编号", "用电户号", "电力户号"),
            required=True,
        ),
        Column(
            "power_user_name", "户名", aliases=("cust_name", "consName", "用户名称", "客户名称")
        ),
        Column("electricity_kind_name", "用电类别", aliases=("ec_categ_desc",)),
        Column("industry_name", "行业类别", aliases=("cust_ind_cls_desc", "行业")),
        Column("voltage_name", "供电电压", aliases=("cust_volt_desc", "电压等级")),
        Column("contract_capacity_kva", "合同容量(kVA)", "decimal", ("ctrt_cap", "contractCap")),
        Column("running_capacity_kva", "运行容量(kVA)", "decimal", ("run_cap", "runCap")),
        Column("user_state_name", "用户状态", aliases=("ecc_stat_desc",), required=True),
        Column("opened_date", "立户日期", "date", ("estab_acct_date", "立户时间")),
        Column("closed_date", "销户日期", "date", ("cncl_date", "销户时间")),
        Column("address_text", "用电地址", aliases=("ec_addr",)),
        Column("township_code", "乡镇代码", "identifier", ("bus_st_code", "streetCode")),
        Column("village_code", "村代码", "identifier", ("bus_neighbor_comm_code",)),
        Column("longitude", "经度", "double", ("东经",)),
        Column("latitude", "纬度", "double", ("北纬",)),
        Column("crs_name", "坐标系", aliases=("坐标系统",)),
        Column("site_id", "点位编号", "identifier", ("点位编码",)),
        Column("total_factor", "综合倍率", "decimal", ("t_factor",)),
        Column("is_key_monitored", "是否重点监测", "answer", ("重点监测",)),
    ),
    key=("meter_id",),
    names=("用电户", "用户档案"),
)
