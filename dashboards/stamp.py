"""What every page, picture and exported table must say about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SAMPLE_MARK = "样例数据"


@dataclass(frozen=True)
class Stamp:
    """Whose data, as known when, from which version, and whether it is invented."""

    county_name: str
    as_of_at: datetime
    version_id: str
    is_sample: bool

    @property
    def line(self) -> str:
        """One line for the foot of a picture or the head of a table."""
        mark = f"【{SAMPLE_MARK}】" if self.is_sample else ""
        return f"{mark}{self.county_name} · 数据截至 {self.as_of_at:%Y-%m-%d %H:%M}"

    def file_name(self, what: str, extension: str) -> str:
        """A name for a download that still says what it is when it lies on a desk."""
        mark = f"{SAMPLE_MARK}_" if self.is_sample else ""
        return f"{mark}{self.county_name}_{what}_截至{self.as_of_at:%Y%m%dT%H%M}.{extension}"
