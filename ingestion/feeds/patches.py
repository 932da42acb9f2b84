"""Patches: changes seen from satellites that the county must look into, one row per patch.

Issued by the ministry or the province, filled in by the county; a patch comes again with its conclusion. It
misbehaves: coordinates in another system, areas in square metres.

    minewatch load inbox/patches
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="patches",
    title="卫片图斑",
    columns=(
        Column("patch_id", "图斑编号", "identifier", required=True),
        Column("issued_date", "下发日期", "date", ("下发时间",), required=True),
        Column("longitude", "经度", "double", ("东经",), required=True),
        Column("latitude", "纬度", "double", ("北纬",), required=True),
        Column("crs_name", "坐标系", aliases=("坐标系统",)),
        Column("area_mu", "面积(亩)", "decimal", ("图斑面积(亩)",)),
        Column("conclusion_name", "填报结论"),
        Column("reported_date", "填报日期", "date"),
        Column("case_id", "案件编号", "identifier", ("案号",)),
    ),
    key=("patch_id",),
    names=("图斑",),
)
