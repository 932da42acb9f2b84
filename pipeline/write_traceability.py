"""Writes docs/traceability.md: from each clause of the notice to feeds, duties, metrics, models, page and report.

Run `.venv/bin/python -m pipeline.write_traceability` after a change of the seeds clauses, metrics or
obligation_rules, or of macros/metric_measures.sql; a test compares.
"""

from __future__ import annotations

import csv
import re
from itertools import groupby

from warehouse.files import write_atomically
from warehouse.settings import ROOT

TRACEABILITY = ROOT / "docs" / "traceability.md"
MEASURES = ROOT / "macros" / "metric_measures.sql"
HEAD = """# Traceability

Written by `python -m pipeline.write_traceability` from `seeds/clauses.csv`, `seeds/obligation_rules.csv`,
`seeds/metrics.csv` and `macros/metric_measures.sql`; do not edit.

What a clause asks is `ask_text` in `marts.dim_clauses`. How it stands is one query for each kind of answer:

```sql
-- who owes what, and how it stands
select owing_unit_name, subject_name, rule_name, status, due_at, days_late
from marts.fct_obligations
where clause_code = '2.1.1'
order by due_at desc;

-- what was done, month by month, for the county, its townships and units
select metric_name, scope_code, township_name, unit_name, month_start_date, metric_value, cumulative_value
from marts.fct_metrics_monthly
where clause_code = '2.1.1'
order by metric_name, scope_code, month_start_date;
```

Codes in brackets are rules of `marts.dim_obligation_rules`. The section of the monthly report (`minewatch report`) is
where the figures of the clause stand.
"""
# 3.1 says who is responsible for everything else and sets no time of its own.
NO_DUTY = "没有自己的时限，由指标反映"
COLUMNS = ("条款", "证据来源（feed）", "义务规则", "指标", "模型", "页面", "月报章节")


def seed(name: str) -> list[dict[str, str]]:
    """The rows of a seed."""
    with (ROOT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measured_on() -> dict[str, str]:
    """Metric code → mart whose rows it counts."""
    found, relation = {}, ""
    for line in MEASURES.read_text(encoding="utf-8").splitlines():
        if opened := re.match(r" {8}\{'relation': '(\w+)'", line):
            relation = opened[1]
        # A key that opens a dictionary of its own is a metric.
        if metric := re.match(r" {12}'(?!metrics')(\w+)':\s*(?:\{|$)", line):
            found[metric[1]] = relation
    return found


def traced() -> list[dict[str, list[str]]]:
    """One row per clause: its code and title, and lists of feeds, rules, metrics, models, pages and sections."""
    relations = measured_on()
    metrics, rules = seed("metrics"), seed("obligation_rules")
    rows = []
    for clause in seed("clauses"):
        code = clause["clause_code"]
        of_clause = [row for row in metrics if row["clause_code"] == code]
        ruled = sorted((row for row in rules if row["clause_code"] == code), key=by_rule)
        # A rule has a row for each of its dates of force.
        duties = [next(same) for _, same in groupby(ruled, key=by_rule)]
        models = {relations[row["metric_code"]] for row in of_clause}
        rows.append(
            {
                "clause": [f"{code} {clause['clause_title']}"],
                "feeds": clause["feed_codes"].split("|"),
                "duties": [f"{row['rule_name']}（{row['rule_code']}）" for row in duties],
                "metrics": [row["metric_name"] for row in of_clause],
                "models": sorted(models | ({"fct_obligations"} if duties else set())),
                "pages": clause["page_names"].split("|"),
                "sections": [clause["report_section_name"]],
            }
        )
    return rows


def by_rule(row: dict[str, str]) -> str:
    """The code of a rule."""
    return row["rule_code"]


def traceability() -> bytes:
    """The document's bytes."""
    lines = [HEAD, f"| {' | '.join(COLUMNS)} |", "|" + "---|" * len(COLUMNS)]
    for row in traced():
        code = {"feeds", "models"}
        cells = (
            "、".join(f"`{item}`" if name in code else item for item in items) or NO_DUTY
            for name, items in row.items()
        )
        lines.append(f"| {' | '.join(cells)} |")
    return ("\n".join(lines) + "\n").encode()


if __name__ == "__main__":
    write_atomically(TRACEABILITY, traceability())
