"""`minewatch report …`: write, sign, explain, and what is due. A period right after `report` means: write it."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from typer.core import TyperGroup

from pipeline.output import JsonOption, home, out, print_json

if TYPE_CHECKING:
    from reports.lifecycle import Written


class PeriodFirst(TyperGroup):
    """Takes whatever is no verb for the period of a report to write."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of the first word."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["write", *args]
        return super().resolve_command(ctx, args)


report = typer.Typer(
    cls=PeriodFirst,
    no_args_is_help=True,
    help="月报、季报、周报、零报告：生成、审签、锁定、溯源。minewatch report 2022-11 --to city 生成一份。",
)
PeriodArgument = Annotated[
    str, typer.Argument(help="报告期：2022-11、2022-Q4、2022、2022-W47、2022-09..2022-11。")
]
ToOption = Annotated[str, typer.Option("--to", help="报送对象：city 或 province。")]


def show(written: Written) -> None:
    """The files, and what must be said about them."""
    for path in written.files:
        out.print(str(path), markup=False)
    for text in written.notes:
        out.print(f"[yellow]注意[/yellow] {text}")
    if written.record is not None:
        record = written.record
        out.print(
            f"{record.state}；版本 {record.version_id} 已保留，更正 {len(record.corrections)} 处。"
        )


@report.command("write", hidden=True)
def write(
    period: PeriodArgument,
    to: ToOption,
    draft: Annotated[
        bool, typer.Option("--draft", help="只看一看：标明草稿，不进入审签。")
    ] = False,
    zero: Annotated[bool, typer.Option("--zero", help="零报告；不为零时拒绝。")] = False,
    version: Annotated[
        str | None, typer.Option("--version", help="用哪个已发布的版本；默认当前版本。")
    ] = None,
    target: Annotated[Path | None, typer.Option("--out", help="另外复制一份到这个目录。")] = None,
) -> None:
    """生成报告（docx、xlsx、pdf）；已锁定的原样给出。"""
    from reports.lifecycle import write as write_report
    from reports.periods import period_of

    written = write_report(home(), period_of(period), to, version, draft, zero)
    if target:
        target.mkdir(parents=True, exist_ok=True)
        for path in written.files:
            shutil.copy(path, target / path.name)
    show(written)


@report.command()
def sign(
    period: PeriodArgument,
    to: ToOption,
    step: Annotated[str, typer.Option(help="填报人、分管领导或主要负责人，按此顺序。")],
    position: Annotated[str, typer.Option(help="职务，不写姓名。")],
    signer: Annotated[
        str | None, typer.Option(help="签发人姓名，只写入文件和签发记录；最后一步填写。")
    ] = None,
    number: Annotated[
        str | None, typer.Option(help="发文字号，如 云打非办〔2022〕7号；最后一步填写。")
    ] = None,
    day: Annotated[
        str | None, typer.Option("--date", help="成文日期，如 2022-12-05；默认审签当日。")
    ] = None,
) -> None:
    """审签一步；最后一步锁定：版本、文件和指纹从此不变。"""
    from pipeline.clock import now
    from reports.lifecycle import sign as sign_report
    from reports.lifecycle import today
    from reports.periods import period_of
    from reports.records import Paper

    at = now()
    paper = Paper(number, signer, today(day, home().settings().as_of or at))
    show(sign_report(home(), period_of(period), to, step, position, at, paper))


@report.command()
def attach(
    period: PeriodArgument,
    to: ToOption,
    scan: Annotated[Path, typer.Argument(help="签字盖章件的扫描文件。")],
) -> None:
    """附上签字盖章件的扫描，记下指纹。"""
    from reports.lifecycle import attach as attach_scan
    from reports.periods import period_of

    record = attach_scan(home(), period_of(period), to, scan)
    out.print(f"已附 {scan.name}（{record.scans[scan.name][:12]}）。")


@report.command()
def explain(
    figure: Annotated[str, typer.Argument(help="数字编号，如 2022-11/patrol_lines/value。")],
    version: Annotated[
        str | None, typer.Option("--version", help="用哪个已发布的版本；默认当前版本。")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """一个数字从何而来：指标、口径、版本、查询和各来件的行。"""
    from reports.content import figures_of
    from reports.figures import figure_of
    from reports.lifecycle import version_of
    from reports.periods import period_of
    from reports.records import signed_otherwise
    from reports.trace import trace

    with figures_of(version_of(home(), version), period_of(figure.split("/")[0])) as figures:
        found = trace(figures, figure_of(figures, figure))
    facts = {
        "编号": found.figure.id,
        "指标": found.figure.metric.name,
        "口径": found.figure.metric.definition,
        "数值": found.text,
        "统计范围": found.measure,
        "版本": found.version_id,
        "查询": found.query,
    }
    for record in signed_otherwise(home(), figure, found.version_id):
        facts[f"已锁定的报告（{record.recipient}）"] = (
            f"{record.figures[figure]['text']}，用 --version {record.version_id} 查看其来源"
        )
    if as_json:
        print_json(facts | {"来源": [dataclasses.asdict(one) for one in found.sources]})
        return
    for name, text in facts.items():
        out.print(f"{name}：{text}", markup=False)
    table = Table(title=f"来源 {len(found.sources)} 处", title_justify="left")
    for name in ("来件", "工作表", "行号", "行数", "分子", "分母", "指纹"):
        table.add_column(name, overflow="fold")
    for one in found.sources:
        parts = (one.row_count, one.numerator, one.denominator, one.delivery_sha256[:12])
        cells = (one.file_name, one.sheet_name, one.rows, *parts)
        table.add_row(*("" if cell is None else str(cell) for cell in cells))
    out.print(table)


@report.command()
def due(as_json: JsonOption = False) -> None:
    """按报送日历，哪些报告该报、何时到期、现在怎样。"""
    from pipeline.clock import now
    from reports.calendar import due as due_reports
    from reports.published import opened

    today = (home().settings().as_of or now()).date()
    with opened(home()) as (reader, _):
        found = due_reports(home(), reader, today)
    if as_json:
        print_json([dataclasses.asdict(one) | {"name": one.name} for one in found])
        return
    table = Table(title=f"报送日历（{today}）", title_justify="left")
    for name in ("报告", "报送对象", "到期", "状态"):
        table.add_column(name, overflow="fold")
    for one in found:
        day = f"{one.due_date}" + ("" if one.is_certain else "（设定）")
        table.add_row(one.name, one.recipient_name, day, one.state)
    out.print(table)


@report.command("list")
def listed(as_json: JsonOption = False) -> None:
    """各期报告及其审签、版本和更正处数。"""
    from reports.records import records

    found = records(home())
    if as_json:
        print_json(
            [
                dataclasses.asdict(one) | {"state": one.state, "next_step": one.next_step}
                for one in found
            ]
        )
        return
    table = Table(title=f"报告 {len(found)} 份", title_justify="left")
    for name in ("报告期", "报送对象", "状态", "版本", "更正", "审签"):
        table.add_column(name, overflow="fold")
    for one in found:
        steps = "；".join(f"{step.step}（{step.position}）{step.at}" for step in one.steps)
        table.add_row(
            one.period, one.recipient, one.state, one.version_id, str(len(one.corrections)), steps
        )
    out.print(table)
