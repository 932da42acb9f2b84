"""Boundary: the outline of the county as rings of numbered points, for maps and plausibility.

Sent once by the county's own office and again when the outline is corrected: a later delivery
replaces the earlier one as a whole. CSV or spreadsheet, hundreds to thousands of rows. It misbehaves
in its coordinate system: outlines from web maps are GCJ-02 or BD-09, so 坐标系 says which.

    minewatch load inbox/boundary
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="boundary",
    title="边界",
    columns=(
        Column("ring_number", "环号", "bigint", ("圈号",), required=True),
        Column("point_number", "点号", "bigint", ("点序号",), required=True),
        Column("longitude", "经度", "double", ("东经",), required=True),
        Column("latitude", "纬度", "double", ("北纬",), required=True),
        Column("crs_name", "坐标系", aliases=("坐标系统",)),
    ),
    key=("ring_number", "point_number"),
    names=("县界", "边界点"),
)
