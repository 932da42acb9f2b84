"""Where things lie: the project, a home directory, and the county's settings in it."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.errors import MinewatchError
from warehouse.files import make_secret

ROOT = Path(__file__).resolve().parents[1]


class SettingsError(MinewatchError):
    """The home's settings cannot be used; the message says which line and what to do."""


@dataclass(frozen=True)
class HomeSettings:
    """What `settings.toml` of a home says. `as_of` None means: now; `office_name` signs letters."""

    county_code: str
    county_name: str
    is_sample: bool = False
    as_of: datetime | None = None
    office_name: str = ""
    overrides: dict[str, str] = field(default_factory=dict)
    # `[report]`: `series` is the name of the office in document numbers; `[report.city]` and so on: name and
    # form of a recipient.
    report: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Home:
    """One county's data directory; every path below it is derived here and nowhere else."""

    root: Path

    @classmethod
    def open(cls, argument: str | Path | None = None) -> Home:
        """The home named by the argument, else by MINEWATCH_HOME, else `./data`."""
        return cls(Path(argument or os.environ.get("MINEWATCH_HOME") or "data").absolute())

    @property
    def inbox(self) -> Path:
        """Deliveries waiting: `inbox/<feed>/…`."""
        return self.root / "inbox"

    @property
    def raw(self) -> Path:
        """The raw zone: one Parquet file a delivery and feed."""
        return self.root / "raw"

    @property
    def records(self) -> Path:
        """Delivery records, the commit markers of the raw zone."""
        return self.raw / "_deliveries"

    @property
    def withdrawals(self) -> Path:
        """Tombstones of withdrawn deliveries."""
        return self.raw / "_withdrawals"

    @property
    def archive(self) -> Path:
        """The delivered bytes, unchanged."""
        return self.root / "archive"

    @property
    def outbox(self) -> Path:
        """Letters written, a folder a letter."""
        return self.root / "outbox"

    @property
    def reports(self) -> Path:
        """Reports to those above, `reports/<period>/<recipient>/`, with what the office made for them."""
        return self.root / "reports"

    @property
    def build(self) -> Path:
        """Candidates: `build/<id>/minewatch.duckdb`."""
        return self.root / "build"

    @property
    def checks(self) -> Path:
        """Check results of every candidate, published or not: `checks/<id>.json`."""
        return self.root / "checks"

    @property
    def versions(self) -> Path:
        """Published, immutable versions."""
        return self.root / "versions"

    def lineage(self, version_id: str) -> Path:
        """Model documentation of a version: one page that needs nothing else."""
        return self.root / "lineage" / f"{version_id}.html"

    @property
    def current(self) -> Path:
        """The link that names the current version."""
        return self.root / "current"

    @property
    def key_file(self) -> Path:
        """The masking key; who loses it can no longer tell that two hashes are one person."""
        return self.root / "masking.key"

    @property
    def access(self) -> Path:
        """Accounts, the provider's settings, the cookies' key and the access log; for the owner alone."""
        return self.root / "access"

    @property
    def saved_queries(self) -> Path:
        """What analysts keep: `queries/<name>.sql`."""
        return self.root / "queries"

    @property
    def settings_file(self) -> Path:
        """The county's settings."""
        return self.root / "settings.toml"

    @property
    def holidays_file(self) -> Path:
        """Holidays of years beyond `seeds/holidays.csv`, supplied by the county (optional)."""
        return self.root / "holidays.csv"

    def prepare(self) -> None:
        """Make the directories and the masking key; nothing that exists is changed."""
        folders = [self.inbox, self.records, self.withdrawals, self.archive]
        folders += [self.build, self.checks, self.versions]
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        # Candidates hold what is dropped before publishing, texts of clues among it.
        for folder in (self.archive, self.build):
            folder.chmod(0o700)
        make_secret(self.key_file)

    def prepare_access(self, folder: str = "") -> Path:
        """`access/`, or a folder in it, made for the owner alone."""
        wanted = self.access / folder
        for one in (self.access, wanted):
            one.mkdir(parents=True, exist_ok=True)
            one.chmod(0o700)
        return wanted

    def masking_key(self) -> bytes:
        """The key of this home's keyed hashes, made on first use."""
        self.prepare()
        return bytes.fromhex(self.key_file.read_text().strip())

    def settings(self) -> HomeSettings:
        """What settings.toml says; SettingsError if it is missing or unreadable."""
        if not self.settings_file.exists():
            raise SettingsError(
                f"{self.root} 还不是 minewatch 的数据目录（缺 settings.toml）。没有改动任何数据。"
                "请先运行 minewatch init --county <县> 或 minewatch sample。"
            )
        try:
            content = tomllib.loads(self.settings_file.read_text(encoding="utf-8"))
            county = content["county"]
            as_of = content.get("as_of")
            return HomeSettings(
                county_code=str(county["code"]),
                county_name=str(county["name"]),
                is_sample=bool(county.get("is_sample", False)),
                as_of=datetime.fromisoformat(as_of) if isinstance(as_of, str) else as_of,
                office_name=str(
                    county.get("office_name", f"{county['name']}严厉打击非法采矿工作领导小组办公室")
                ),
                overrides={k: str(v) for k, v in content.get("overrides", {}).items()},
                report=dict(content.get("report", {})),
            )
        except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
            raise SettingsError(
                f"{self.settings_file} 无法读取（{error}）。没有改动任何数据。"
                "请按 counties/ 下的样式改正后再运行。"
            ) from error
