"""Sites: the register of supervised places - closed shafts, places prone to digging, mines.

Sent by townships and the county's natural resources bureau as spreadsheets, whenever the register
changes; every delivery is a full or partial list, the last one received per site counts. It
misbehaves as hand-kept registers do: numbers missing where a township cannot know them, two-level
headers with merged cells, merged township cells, coordinates in degrees and minutes or swapped,
answers as words, ticks and boxes. Without a 点位编号 township, village and name identify the place.

    minewatch load inbox/sites
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="sites",
    title="重点监管对象登记册",
    columns=(
        # Required by no row: a township may not know it, then (乡镇, 村, 名称) is the key.
        Column("site_id", "点位编号", "identifier", ("点位编码",)),
        Column("site_name", "名称", aliases=("点位名称", "对象名称"), required=True),
        Column("class_name", "对象类别", aliases=("点位类别",), required=True),
        Column("township_name", "乡镇", aliases=("乡镇名称", "所在乡镇"), required=True),
        Column("village_name", "村", aliases=("村名称", "行政村", "所在村")),
        Column("small_place_name", "小地名"),
        Column("longitude", "经度", "double", ("东经",)),
        Column("latitude", "纬度", "double", ("北纬",)),
        Column("crs_name", "坐标系", aliases=("坐标系统",)),
        Column("mineral_text", "矿种"),
        Column("licence_number", "采矿许可证号", "identifier", ("许可证号",)),
        Column("licence_from_date", "有效期起", "date", ("许可证有效期起",)),
        Column("licence_to_date", "有效期止", "date", ("许可证有效期止",)),
        Column("closed_date", "关闭日期", "date", ("关闭时间",)),
        Column("warning_sign_code", "警示标识牌", "answer", ("警示牌",)),
        Column("responsibility_plate_code", "监管责任牌", "answer", ("责任牌",)),
        Column("county_unit_name", "县级责任单位"),
        Column("township_grid_member_name", "乡级网格员"),
        Column("village_grid_member_name", "村级网格员"),
        Column("grid_area_text", "网格区域"),
        Column("grid_duty_text", "网格职责"),
        Column("production_state_name", "生产状态"),
        Column("key_area_code", "是否重点区域", "answer", ("重点区域",)),
        Column("responsible_enterprise_name", "责任企业"),
        Column("registered_date", "登记日期", "date", ("登记时间",)),
        Column("deregistered_date", "销号日期", "date", ("销号时间",)),
        Column("deregistered_reason", "销号理由"),
    ),
    key=("site_id", "township_name", "village_name", "site_name"),
    names=("点位登记", "点位登记册", "登记册"),
)
