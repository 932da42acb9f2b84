"""The figures of a report: each with an id, the metric behind it, and the query that finds its rows.

Months come from `fct_metrics_monthly`, like the cards of the pages. Weeks, and what is no metric of the
warehouse (what falls due next, what was confirmed), are counted by the same kind of SQL that `dim_metrics`
tells of each metric; a test holds both ways against each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

import duckdb

from reports import ReportError
from reports.periods import Period, period_of

VALUE, PREVIOUS, NEXT, CUMULATIVE, YEAR = "value", "previous", "next", "cumulative", "year"
MEASURES = {
    VALUE: "本期",
    PREVIOUS: "上期",
    NEXT: "下期",
    CUMULATIVE: "自统计起始月累计",
    YEAR: "本年累计",
}
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Metric:
    """What is counted and how: a row of `dim_metrics`, or of `OURS`."""

    code: str
    name: str
    definition: str
    kind: str
    unit: str
    relation: str
    clause: str = ""
    direction: str = "neutral"
    numerator: str = "1"
    denominator: str | None = None
    condition: str | None = None
    date: str | None = None
    stock: str | None = None
    township: str | None = None
    target: Decimal | None = None
    is_additive: bool = True
    is_restricted: bool = False
    is_monthly: bool = False

    def counted_from(self, first: date, last: date) -> str:
        """The rows behind the figure, as `from` and `where`; a day to come does not count."""
        relation = f"marts.{self.relation}"
        if self.stock:
            relation += f" cross join (select date '{last}' as snapshot_date) as snapshot"
            counted = self.stock
        else:
            counted = f"cast({self.date} as date) between date '{first}' and date '{last}'"
        return (
            f"from {relation} where ({self.condition or 'true'}) and ({' '.join(counted.split())})"
        )

    def query(self, first: date, last: date, township_code: str | None = None) -> str:
        """The figure by itself, as anybody can run it on the version."""
        place = f" and {self.township} = '{township_code}'" if township_code else ""
        whole = f"sum({self.denominator})" if self.denominator else "null"
        return (
            f"select coalesce(sum({self.numerator}), 0) as numerator, {whole} as denominator "
            f"{self.counted_from(first, last)}{place}"
        )


SHOWN = "not is_restricted"
# What reports need beside the metrics of the warehouse; a part after a colon names rule or deadline.
OURS = {
    metric.code: metric
    for metric in (
        Metric(
            "deliveries_used",
            "可用来件",
            "本期收到、可用的来件份数，按接收时间计",
            "count",
            "份",
            "fct_deliveries",
            condition="outcome_code = 'used'",
            date="received_at",
        ),
        Metric(
            "deliveries_refused",
            "拒收和隔离来件",
            "本期收到、读不了或未通过检查的来件份数，按接收时间计",
            "count",
            "份",
            "fct_deliveries",
            condition="outcome_code <> 'used'",
            date="received_at",
        ),
        Metric(
            "contradictions_confirmed",
            "核实属实的需核实线索",
            "本期核实属实或部分属实的需核实线索条数，按说明时间计",
            "count",
            "条",
            "fct_contradictions",
            "3.3",
            condition="status_code = 'confirmed'",
            date="coalesce(explained_at, due_at)",
            township="township_code",
        ),
        Metric(
            "contradictions_unanswered",
            "逾期未说明的需核实线索",
            "本期到期、至今未说明的需核实线索条数，按说明期限计",
            "count",
            "条",
            "fct_contradictions",
            "3.3",
            condition="status_code = 'unanswered'",
            date="due_at",
            township="township_code",
        ),
        Metric(
            "obligations_due",
            "到期应办事项",
            "到期的应办事项数（不含免除的）",
            "count",
            "项",
            "fct_obligations",
            "2.1.5",
            condition=f"status <> 'waived' and {SHOWN}",
            date="due_date",
            township="township_code",
        ),
        Metric(
            "obligations_due_done",
            "到期应办事项已办",
            "到期的应办事项中已完成的项数",
            "count",
            "项",
            "fct_obligations",
            "2.1.5",
            condition=f"status in ('met', 'met_late') and {SHOWN}",
            date="due_date",
            township="township_code",
        ),
        Metric(
            "obligations_silent",
            "未报送",
            "本期到期、责任单位没有任何报送的应办事项数",
            "count",
            "项",
            "fct_obligations",
            "2.1.5",
            condition=f"status = 'no_report' and {SHOWN}",
            date="due_date",
            township="township_code",
        ),
    )
}


@dataclass(frozen=True)
class Figure:
    """One number of a report."""

    id: str
    metric: Metric
    measure: str
    first: date
    last: date
    township_code: str | None
    numerator: Decimal | None
    denominator: Decimal | None

    @property
    def value(self) -> Decimal | None:
        """The number; None where nothing was counted yet, or for a share of nothing."""
        if self.numerator is None:
            return None
        if self.metric.kind != "share":
            return self.numerator.quantize(CENT, ROUND_HALF_UP)
        if not self.denominator:
            return None
        return (self.numerator * 100 / self.denominator).quantize(CENT, ROUND_HALF_UP)


@dataclass
class Figures:
    """The figures of one period in one version, made when they are asked for, and which were asked for."""

    cursor: duckdb.DuckDBPyConnection
    period: Period
    as_of_at: datetime
    version_id: str
    used: dict[str, Figure] = field(default_factory=dict)

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """All metrics by code."""
        found = self.cursor.execute(
            """
            select
                metric_code, metric_name, definition_text, kind_code, unit_text, relation_name, clause_code,
                direction_code, numerator_sql, denominator_sql, condition_sql, date_sql, stock_sql,
                township_sql, target_number, is_additive, is_restricted, true as is_monthly
            from marts.dim_metrics
            order by metric_code
            """
        ).fetchall()
        return {row[0]: Metric(*row) for row in found} | OURS

    @cached_property
    def months(self) -> dict[tuple[str, str | None], dict[date, tuple[Decimal, Decimal | None]]]:
        """Numerator and denominator by metric and township (None is the county), month by month."""
        found: dict[tuple[str, str | None], dict[date, tuple[Decimal, Decimal | None]]] = {}
        for code, township, month, numerator, denominator in self.cursor.execute(
            """
            select metric_code, township_code, month_start_date, numerator, denominator
            from marts.fct_metrics_monthly
            where scope_code = 'county' or (scope_code = 'township' and township_code is not null)
            """
        ).fetchall():
            found.setdefault((code, township), {})[month] = (numerator, denominator)
        return found

    @cached_property
    def base(self) -> date | None:
        """The first month that is counted; None in a version without metrics."""
        (first,) = self.cursor.execute(
            "select min(month_start_date) from marts.fct_metrics_monthly"
        ).fetchone()
        return first

    @property
    def is_counted(self) -> bool:
        """Any part of the period is counted."""
        return (
            self.base is not None
            and self.period.last >= self.base
            and self.period.first <= self.as_of_at.date()
        )

    @property
    def is_over(self) -> bool:
        """The whole period lies before the version's as-of."""
        return self.period.last < self.as_of_at.date()

    def metric(self, code: str) -> Metric:
        """The metric of that code; ReportError if there is none."""
        stem, _, part = code.partition(":")
        if code in self.metrics:
            return self.metrics[code]
        if part and stem in ("obligations_overdue", "obligations_due"):
            whole = self.metrics[stem]
            (name,) = self.cursor.execute(
                "select coalesce(max(rule_name), $rule) from marts.fct_obligations where rule_code = $rule",
                {"rule": part},
            ).fetchone()
            narrowed = f"({whole.condition}) and rule_code = '{part}'"
            return replace(
                whole,
                code=code,
                name=f"{name}：{whole.name}",
                condition=narrowed,
                is_monthly=False,
            )
        if stem == "deadline" and part.partition(":")[2] in ("done", "planned", "remaining"):
            deadline, _, what = part.partition(":")
            return Metric(
                code,
                {"done": "已完成", "planned": "计划", "remaining": "剩余"}[what],
                f"期限事项 {deadline} 截至期末所在周的数量",
                "stock",
                "个",
                "fct_deadline_progress",
                numerator=f"{what}_count",
                condition=f"deadline_code = '{deadline}' and scope_code = 'county'",
                stock="snapshot_date between week_start_date and week_end_date",
            )
        raise ReportError(f"没有名为 {code} 的指标。没有写任何文件。请从“月报”表的溯源页复制编号。")

    def range(self, measure: str, metric: Metric) -> tuple[date, date]:
        """First and last day that a measure counts."""
        if measure == PREVIOUS:
            return self.period.previous.first, self.period.previous.last
        if measure == NEXT:
            return self.period.next.first, self.period.next.last
        start = self.base or self.period.first
        if measure == CUMULATIVE:
            return start, self.period.last
        if measure == YEAR:
            return max(start, date(self.period.last.year, 1, 1)), self.period.last
        return self.period.first, self.period.last

    def of(self, code: str, measure: str = VALUE, township_code: str | None = None) -> Figure:
        """The figure, remembered as used."""
        place = f"@{township_code}" if township_code else ""
        number = f"{self.period.text}/{code}/{measure}{place}"
        if number not in self.used:
            self.used[number] = self.counted(number, self.metric(code), measure, township_code)
        return self.used[number]

    def counted(
        self, number: str, metric: Metric, measure: str, township_code: str | None
    ) -> Figure:
        """Count it: from the months where it is made of months, else from the rows."""
        first, last = self.range(measure, metric)
        parts: tuple[Decimal | None, Decimal | None] = None, None
        if metric.is_monthly and self.base is not None and first < self.base <= last:
            first = self.base
        if metric.stock and measure in (CUMULATIVE, YEAR):
            pass  # what was there in two months is there once
        elif metric.is_monthly and self.period.kind != "week":
            parts = self.summed(metric, first, last, township_code)
        elif metric.is_monthly and (self.base is None or first < self.base):
            pass
        else:
            parts = self.queried(metric, first, last, township_code)
        return Figure(number, metric, measure, first, last, township_code, *parts)

    def summed(
        self, metric: Metric, first: date, last: date, township_code: str | None
    ) -> tuple[Decimal | None, Decimal | None]:
        """Months put together; what is in stock is that of the last month."""
        months = {
            month: parts
            for month, parts in self.months.get((metric.code, township_code), {}).items()
            if first <= month <= last
        }
        if not months:
            return None, None
        chosen = [months[max(months)]] if metric.stock else list(months.values())
        whole = None
        if metric.kind == "share":
            whole = sum((part[1] or Decimal(0) for part in chosen), Decimal(0))
        return sum((part[0] for part in chosen), Decimal(0)), whole

    def queried(
        self, metric: Metric, first: date, last: date, township_code: str | None
    ) -> tuple[Decimal | None, Decimal | None]:
        """Rows counted, none after the as-of but what falls due then."""
        query = metric.query(first, self.seen(metric, last), township_code)
        numerator, denominator = self.cursor.execute(query).fetchone()
        return Decimal(numerator), None if denominator is None else Decimal(denominator)

    def seen(self, metric: Metric, last: date) -> date:
        """The last day that counts: no day after the as-of, but duties are known before they are due."""
        if metric.relation == "fct_obligations" and not metric.is_monthly:
            return last
        return min(last, self.as_of_at.date())

    @cached_property
    def columns(self) -> dict[str, list[str]]:
        """Columns of every mart, in order."""
        found: dict[str, list[str]] = {}
        for mart, column in self.cursor.execute(
            "select table_name, column_name from information_schema.columns "
            "where table_schema = 'marts' order by table_name, ordinal_position"
        ).fetchall():
            found.setdefault(mart, []).append(column)
        return found

    def rows(self, figure: Figure) -> tuple[str, list[tuple]]:
        """The query for the rows behind a figure, and what it finds: key, delivery, file, sheet, row, parts."""
        metric, columns = figure.metric, self.columns[figure.metric.relation]
        key = next(name for name in columns if name != "delivery_sha256")
        named = [
            name if name in columns else f"null as {name}"
            for name in ("delivery_sha256", "file_name", "sheet_name", "row_number")
        ]
        place = f" and {metric.township} = '{figure.township_code}'" if figure.township_code else ""
        query = (
            f"select {key} as row_id, {', '.join(named)}, {metric.numerator} as numerator, "
            f"{metric.denominator or 'null'} as denominator "
            f"{metric.counted_from(figure.first, self.seen(metric, figure.last))}{place}"
        )
        return query, self.cursor.execute(query).fetchall()


def figure_of(figures: Figures, number: str) -> Figure:
    """The figure of that id in the period of `figures`; ReportError if it is none."""
    parts = number.split("/")
    measure, _, township = parts[-1].partition("@") if len(parts) == 3 else ("", "", "")
    # Parts of an id become parts of a query.
    is_plain = re.fullmatch(r"[\w/:@.-]+", number, re.ASCII)
    if not is_plain or measure not in MEASURES or period_of(parts[0]) != figures.period:
        raise ReportError(
            f"{number} 不是数字编号；写法如 2022-11/patrol_lines/value，见电子表格的“溯源”页。"
        )
    return figures.of(parts[1], measure, township or None)
