"""Data Docs: one page a candidate, complete in itself.

Great Expectations' own pages pull styles and scripts from the internet, which a county's intranet does
not have, and print failing values; this page does neither.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment

from warehouse.files import write_atomically

PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>数据检查 {{ version_id }}</title>
<style>
body { font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; margin: 2rem auto;
  max-width: 70rem; padding: 0 1rem; color: #1f2933; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #d5dbe1; padding: .45rem .6rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
.failed td { background: #fdf0ee; } .warned td { background: #fff7e0; }
.mark { background: #b42318; color: #fff; padding: .1rem .5rem; border-radius: .2rem; }
</style></head><body>
<h1>数据检查{% if is_sample %} <span class="mark">样例数据</span>{% endif %}</h1>
<p>{{ county_name }}　版本 {{ version_id }}　数据截至 {{ as_of_at }}</p>
<p>{{ results | length }} 项检查，{{ results | rejectattr("is_passed") | list | length }} 项未达标。
未达标的值本身不在此列出。</p>
<table><thead><tr><th>结论</th><th>对象</th><th>检查</th><th>实际</th><th>说明</th></tr></thead><tbody>
{% for r in results %}
<tr class="{{ '' if r.is_passed else 'failed' if r.severity_code == 'critical' else 'warned' }}">
<td>{{ "通过" if r.is_passed else "严重" if r.severity_code == "critical" else "警示" }}</td>
<td>{{ r.table_name }}</td><td>{{ r.check_name }}{% if r.delivery_sha256 %}<br>来件
{{ r.delivery_sha256[:12] }}{% endif %}</td><td>{{ r.observed_text or "" }}</td>
<td>{{ r.notes_text or "" }}</td></tr>
{% endfor %}
</tbody></table></body></html>
"""


def write_docs(
    directory: Path, heading: tuple[str, str, bool, datetime], results: list[Any]
) -> None:
    """Write `index.html`: failures first, then warnings, then what passed."""
    version_id, county_name, is_sample, as_of_at = heading
    order = {"critical": 0, "warning": 1}
    page = (
        Environment(autoescape=True)
        .from_string(PAGE)
        .render(
            version_id=version_id,
            county_name=county_name,
            is_sample=is_sample,
            as_of_at=as_of_at,
            results=sorted(
                results, key=lambda r: (r.is_passed, order[r.severity_code], r.check_id)
            ),
        )
    )
    write_atomically(directory / "index.html", page.encode())
