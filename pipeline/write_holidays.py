"""Writes seeds/holidays.csv: official holidays and the weekend days worked in return, 2004–2026.

Run `.venv/bin/python -m pipeline.write_holidays` after a newer `chinesecalendar` (a development
dependency) is installed, and raise LAST_YEAR. A county that needs a later year before that puts the
same three columns into `holidays.csv` of its home.
"""

from __future__ import annotations

import csv
import io

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, workdays

from warehouse.files import write_atomically
from warehouse.settings import ROOT

FIRST_YEAR, LAST_YEAR = 2004, 2026
HOLIDAYS_SEED = ROOT / "seeds" / "holidays.csv"
# The State Council's notices say 清明节; the library leaves the last character out of three names.
FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


def holidays_csv() -> bytes:
    """The seed's bytes, ordered by day; ValueError if a year of the range is not in the library."""
    days = {day: ("holiday", name) for day, name in holidays.items()}
    # Only weekend days that are worked: every other worked day is an ordinary weekday.
    days |= {
        day: ("adjusted_working_day", name) for day, name in workdays.items() if day.weekday() >= 5
    }
    missing = set(range(FIRST_YEAR, LAST_YEAR + 1)) - {day.year for day in days}
    if missing:
        raise ValueError(
            f"chinesecalendar has no holidays for {sorted(missing)}. seeds/holidays.csv is unchanged. "
            "Install a newer chinesecalendar, or lower LAST_YEAR."
        )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["calendar_date", "day_kind_code", "holiday_name"])
    for day, (kind, name) in sorted(days.items()):
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            chinese = Holiday(name).chinese
            writer.writerow([day.isoformat(), kind, FULL_NAMES.get(chinese, chinese)])
    return text.getvalue().encode()


if __name__ == "__main__":
    write_atomically(HOLIDAYS_SEED, holidays_csv())
