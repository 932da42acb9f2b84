"""Sponsorships: which position answers for which township or village, one row per sponsorship.

Sent by the office as a list of positions, never of persons; a sponsorship ends by its 结束日期. It misbehaves:
a whole township and its villages in one row, an end date before the beginning.

    minewatch load inbox/sponsorships
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="sponsorships",
    title="包联",
    columns=(
        Column("sponsorship_id", "包联编号", "identifier", required=True),
        Column("position_name", "包联职务", aliases=("职务",), required=True),
        Column("level_name", "级别"),
        Column("township_name", "包联乡镇", aliases=("乡镇",), required=True),
        Column("village_name", "包联村", aliases=("村",)),
        Column("start_date", "开始日期", "date", required=True),
        Column("end_date", "结束日期", "date"),
    ),
    key=("sponsorship_id",),
    names=("包联台账", "包联责任"),
)
