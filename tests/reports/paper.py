"""The mini county's published version, as far as papers need it."""

from datetime import date, datetime

from tests.dashboards.invented_autumn import Writer
from warehouse import versions
from warehouse.connection import connect

AS_OF = datetime(2022, 12, 10, 8)
VERSION = "20221210T080500-abc123-0001"
SINCE = {"valid_from_date": date(2020, 1, 1), "is_current": True}
UNITS = [
    ("U01", "县自然资源局", "county_department", None, None),
    ("T100", "甲山镇人民政府", "township_government", "999901100", None),
    ("T101", "乙水乡人民政府", "township_government", "999901101", None),
    ("999901100201", "甲山镇东坡村村民委员会", "village_committee", "999901100", "999901100201"),
    ("999901100202", "西坡村村民委员会", "village_committee", "999901100", "999901100202"),
    ("999901101201", "乙水乡南沟村村民委员会", "village_committee", "999901101", "999901101201"),
]
SITES = [
    ("D001", "东坡废弃煤窑", "甲山镇", "东坡村", "999901100", "999901100201", "煤"),
    ("D002", "西坡采石点", "甲山镇", "西坡村", "999901100", "999901100202", "石灰岩"),
    ("D003", "南沟煤矿", "乙水乡", "南沟村", "999901101", "999901101201", "煤"),
]
RULES = [
    ("M03", "village", "week", None),
    ("M04", "township", "month", None),
    ("M05", "lead_unit", "quarter", "U01"),
]


def publish(home, fill=lambda write: None, county_code="999901", is_sample=True):
    """A version with units, sites and the rules of patrol, and what `fill` adds."""
    directory = home.versions / VERSION
    directory.mkdir(parents=True)
    with connect(directory / versions.DATABASE) as connection:
        write = Writer(connection)
        write.add(
            "dim_version",
            [
                {
                    "version_id": VERSION,
                    "county_code": county_code,
                    "county_name": "样例县",
                    "is_sample": is_sample,
                    "as_of_at": AS_OF,
                    "built_at": AS_OF,
                }
            ],
        )
        names = ("unit_code", "unit_name", "unit_kind_code", "township_code", "village_code")
        write.add("dim_units", [dict(zip(names, unit, strict=True)) | SINCE for unit in UNITS])
        names = ("site_id", "site_name", "township_name", "village_name")
        names += ("township_code", "village_code", "mineral_name")
        state = {"is_current": True, "is_active": True}
        write.add("dim_sites", [dict(zip(names, site, strict=True)) | state for site in SITES])
        names = ("rule_code", "owner_code", "period_kind_code", "lead_unit_code")
        more = {"family_code": "patrols", "valid_from_date": date(2022, 9, 19)}
        write.add(
            "dim_obligation_rules", [dict(zip(names, rule, strict=True)) | more for rule in RULES]
        )
        fill(write)
    versions.point_to(home, directory)
