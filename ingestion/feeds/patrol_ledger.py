"""Patrol ledgers: annex 2 of the notice, filled in by hand by villages, townships and county units.

Sent weekly, monthly or quarterly as `.xlsx`, `.xls` or `.docx`; one sheet may hold several forms below
each other, each with its own unit and date above the header and names below the rows. The bare form
has ten columns; the extended one adds patrol date, level, coordinates and the like to the right, in any
order. It misbehaves as forms filled in by hand do: unit and date in one merged cell or split over six,
dates in Chinese numerals or without a year, coordinates inside the location, ditto marks, merged
locations, blank numbered rows, "nothing found" where a place should stand. Forms that the office hands out
(`minewatch forms`) come with their places printed; a row to which nobody added anything is no patrol.

    minewatch load inbox/patrol_ledger
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="patrol_ledger",
    title="巡查检查台账",
    columns=(
        # Said once a form, above or below its rows; a list with a column of its own is read too.
        Column("reporting_unit_name", "填报单位"),
        Column("filled_date", "填写时间", "date", ("填写日期", "填报时间", "填报日期")),
        Column("preparer_name", "填表人", aliases=("填报人",)),
        Column("supervisor_name", "分管领导"),
        Column("principal_name", "主要负责人"),
        # The ten columns of annex 2.
        Column("entry_number", "序号", aliases=("NO", "No.")),
        Column(
            "location_text",
            "巡查检查区域位置",
            aliases=(
                "巡查检查区域",
                "巡查检查位置",
                "巡查检查位置区域",
                "巡查检查地点",
                "巡查区域位置",
                "检查区域位置",
                "巡查区域",
                "巡查位置",
                "巡查地点",
                "区域位置",
            ),
            required=True,
        ),
        Column("mineral_text", "矿种", aliases=("矿产种类", "开采矿种")),
        Column(
            "mining_licence_code",
            "有无采矿证",
            "answer",
            ("有无采矿许可证", "是否有采矿证", "是否有采矿许可证", "采矿证"),
            answer_scope="mining_licence",
        ),
        Column(
            "shallow_coal_code",
            "是否浅层煤浅层矿",
            "answer",
            ("是否浅层煤、浅层矿", "是否浅层煤/浅层矿", "是否为浅层煤浅层矿", "浅层煤浅层矿"),
        ),
        Column(
            "illegal_mining_code",
            "是否存在非法违法盗采行为",
            "answer",
            (
                "是否存在非法违法盗采",
                "是否存在非法、违法、盗采行为",
                "是否存在非法盗采行为",
                "是否存在非法违法开采行为",
                "有无非法违法盗采行为",
                "非法违法盗采行为",
                "非法违法盗采",
            ),
        ),
        Column(
            "out_of_bounds_code",
            "是否存在越层越界",
            "answer",
            (
                "是否存在越层越界行为",
                "是否存在超层越界",
                "是否越层越界",
                "有无越层越界",
                "越层越界行为",
                "越层越界",
            ),
        ),
        Column(
            "violation_code",
            "是否存在违规生产行为",
            "answer",
            (
                "是否存在违规生产",
                "是否违规生产",
                "有无违规生产行为",
                "违规生产行为",
                "违规生产",
            ),
        ),
        Column(
            "disposition_text",
            "制止取缔及关闭情况",
            aliases=(
                "制止、取缔及关闭情况",
                "制止取缔关闭情况",
                "制止取缔情况",
                "取缔及关闭情况",
                "取缔关闭情况",
            ),
        ),
        Column("remark_text", "备注"),
        # The extended form.
        Column("site_id", "点位编号", "identifier", ("点位编码",)),
        Column("period_text", "所属期", aliases=("所属时期", "所属周期", "报告期")),
        Column("patrol_date", "巡查日期", "date", ("巡查时间", "检查日期", "检查时间")),
        Column("arrived_at", "到达时间", "timestamp", ("到达时刻",)),
        Column("patrol_level", "巡查级别", aliases=("级别", "巡查层级")),
        Column("patroller_text", "巡查人员", aliases=("巡查人", "检查人员", "网格员")),
        Column("longitude", "经度", "double", ("东经",)),
        Column("latitude", "纬度", "double", ("北纬",)),
        Column("photo_text", "照片编号", aliases=("照片", "照片号")),
    ),
    # The whole form is the unit that a later one replaces; the level may be known to the models only.
    key=("reporting_unit_name", "filled_date", "patrol_level"),
    reader="form",
    names=("巡查台账",),
)
