"""The `minewatch` command: one verb a step, `run` for all of them.

Exit codes: 0 done; 3 `load` refused at least one file (everything else was loaded); 1 a failure of
ours or of the gate, with the old version still published; 2 wrong usage.
"""

from __future__ import annotations

import calendar
import dataclasses
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ingestion.feeds import FEEDS
from pipeline.account_commands import accounts
from pipeline.output import HOME, JsonOption, home, out, print_json, say
from pipeline.report_commands import report
from warehouse.errors import MinewatchError
from warehouse.settings import Home

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="打击非法采矿数据仓库：装载来件、构建、检查、发布、查看。",
)
app.add_typer(accounts, name="accounts")
app.add_typer(report, name="report")
FeedOption = Annotated[str | None, typer.Option("--feed", help="数据种类代码或中文名。")]


@app.callback()
def choose_home(
    directory: Annotated[
        Path | None, typer.Option("--home", help="数据目录；默认取 MINEWATCH_HOME，否则 ./data。")
    ] = None,
) -> None:
    """Remember which home every verb works on."""
    HOME["home"] = Home.open(directory)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error, fed with (what, done, total); gone when the work ends."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=say, transient=True) as progress:
        task = progress.add_task(label, total=None)

        def advance(what: str, done: int, total: int) -> None:
            short = what if len(what) <= 44 else what[:43] + "…"
            progress.update(task, description=f"{label} {short}", completed=done, total=total)

        yield advance


def known_feed(name: str | None) -> str | None:
    """The token of the feed of that name; a usage error if there is none."""
    from ingestion.feeds import feed_named

    if name is None:
        return None
    feed = feed_named(name)
    if feed is None:
        raise typer.BadParameter(f"没有名为 {name} 的数据种类。可用：{'、'.join(FEEDS)}。")
    return feed.token


def moment(text: str | None) -> datetime | None:
    """An ISO date or time; a date means its first moment. A usage error if unreadable."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text} 不是时间；写法如 2022-11-05T08:00。") from error


def months(text: str) -> tuple[date, date]:
    """`2022-07..2022-12` as first day and last day; a usage error if unreadable."""
    try:
        first, last = (datetime.strptime(part, "%Y-%m").date() for part in text.split(".."))
    except ValueError as error:
        raise typer.BadParameter(f"{text} 不是月份范围；写法如 2022-07..2022-12。") from error
    if first > last:
        raise typer.BadParameter(f"{text} 的起始月份晚于结束月份。")
    return first, last.replace(day=calendar.monthrange(last.year, last.month)[1])


@app.command()
def init(
    county: Annotated[str, typer.Option(help="counties/ 下的县级资料包名，或资料包目录。")],
) -> None:
    """建立数据目录，并把该县的乡镇、村、单位、边界投递到收件箱。"""
    from pipeline.county import deliver_pack, pack_directory

    files = deliver_pack(home(), pack_directory(county))
    out.print(f"已在 {home().root} 建立数据目录，并投递 {len(files)} 份资料。下一步：minewatch run")


@app.command()
def sample(
    seed: Annotated[int, typer.Option(help="随机种子；同一种子生成同样的文件。")] = 1,
    month_range: Annotated[
        str, typer.Option("--months", help="月份范围，如 2022-07..2022-12。")
    ] = "2022-07..2022-12",
    meters: Annotated[int, typer.Option(min=1, help="电表数量。")] = 300,
) -> None:
    """生成虚构的样例县及其来件（全部为样例数据）。"""
    import sample as sample_county

    first, last = months(month_range)
    home().prepare()
    with progress_bar("生成样例") as advance:
        summary = sample_county.generate(home(), seed, first, last, meters, advance)
    out.print(
        f"样例县来件已写入 {home().inbox}：{summary.file_count} 个文件。全部为虚构的样例数据。"
    )


def load_files(paths: list[Path] | None, feed: str | None) -> Any:
    """Load with a progress bar."""
    from ingestion.land import load as load_deliveries

    with progress_bar("装载") as advance:
        return load_deliveries(home(), paths or None, feed, advance)


def show_load(result: Any) -> None:
    """The closing table: totals by feed, then every refused file with its reason."""
    table = Table(title="装载结果", title_justify="left")
    for name in ("种类", "文件", "读到", "有效", "退回", "跳过", "已有", "拒收"):
        table.add_column(name, justify="left" if name == "种类" else "right")
    for token in sorted({file.feed or "?" for file in result.files}):
        files = [file for file in result.files if (file.feed or "?") == token]
        title = FEEDS[token].title if token in FEEDS else "未识别"
        sums = [sum(getattr(f, n) for f in files) for n in ("read", "good", "rejected", "skipped")]
        known = sum(file.outcome == "known" for file in files)
        refused = sum(file.outcome == "refused" for file in files)
        figures = [len(files), *sums, known, refused]
        table.add_row(f"{title} {token}", *(f"{figure:,}" for figure in figures))
    out.print(table)
    for file in result.files:
        # Whoever sits at the terminal has the file; a log outlives the inbox.
        name = file.path.name if out.is_terminal else file.name
        if file.message:
            mark = "[red]拒收[/red]" if file.outcome == "refused" else "[yellow]提示[/yellow]"
            out.print(f"{mark} {name}：{file.message}")
        if file.is_protected and out.is_terminal:
            out.print(f"[cyan]受保护[/cyan] {name} 登记为 {file.name}")


def as_plain(file: Any) -> dict[str, Any]:
    """A file of the load as plain values; where a protected one lay may tell as much as its name."""
    return dataclasses.asdict(file) | ({"path": None} if file.is_protected else {})


@app.command()
def load(
    paths: Annotated[list[Path] | None, typer.Argument(help="文件或目录；默认收件箱。")] = None,
    feed: FeedOption = None,
    as_json: JsonOption = False,
) -> None:
    """把来件读入原始区；读不了的拒收并说明原因，其余照常装载。"""
    home().settings()
    result = load_files(paths, known_feed(feed))
    if as_json:
        print_json([as_plain(file) for file in result.files])
    else:
        show_load(result)
    if any(file.outcome == "refused" for file in result.files):
        raise typer.Exit(3)


def build_once(as_of: datetime | None, full: bool, quarantined: dict[str, str]) -> Any:
    """Build with a progress bar; the caller holds the lock."""
    from pipeline.build import build as build_candidate

    with progress_bar("构建") as advance:
        return build_candidate(home(), as_of, full, quarantined, advance)


def show_candidate(candidate: Any) -> None:
    """One line about a candidate, and each failed node."""
    start = f"，起始于 {candidate.base_version_id}" if candidate.base_version_id else "，从头构建"
    out.print(f"候选版本 {candidate.id}（截至 {candidate.as_of_at:%Y-%m-%d %H:%M}{start}）")
    for result in candidate.dbt:
        if not result.passed:
            out.print(f"  {result.status} {result.name}：{result.message or ''}", markup=False)


AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="按当时所知重建，如 2022-11-05T08:00。")
]
FullOption = Annotated[bool, typer.Option("--full", help="不用上一版本，全部重算。")]
CurrentOption = Annotated[
    bool, typer.Option("--make-current", help="让 --as-of 重建的版本成为当前版本。")
]


@app.command()
def build(as_of: AsOfOption = None, full: FullOption = False) -> None:
    """用原始区构建候选版本；不影响已发布版本。"""
    from pipeline.build import build_lock

    with build_lock(home()):
        candidate = build_once(moment(as_of), full, {})
    show_candidate(candidate)
    if any(not result.passed and result.severity != "warn" for result in candidate.dbt):
        raise typer.Exit(1)


def newest_candidate() -> Any:
    """The newest finished candidate; a clear end if there is none."""
    from pipeline.build import BuildError, candidates

    found = candidates(home())
    if not found:
        raise BuildError("没有等待处理的候选版本。已发布版本不变。请先运行 minewatch build。")
    return found[-1]


def check_once(candidate: Any) -> Any:
    """Check with a line on standard error, for it takes seconds."""
    from pipeline.gate import check as check_candidate

    with say.status("检查 …"):
        return check_candidate(home(), candidate)


def show_verdict(verdict: Any) -> None:
    """Counts, then every failed check."""
    failed = [one for one in verdict.checks if not one.is_passed]
    state = "通过" if verdict.passed else "未通过"
    out.print(f"检查 {state}：{len(verdict.checks)} 项，其中 {len(failed)} 项未达标。")
    for one in failed:
        label = "严重" if one.severity_code == "critical" else "警示"
        where = f"（来件 {one.delivery_sha256[:12]}）" if one.delivery_sha256 else ""
        text = f"  {label} {one.table_name} {one.check_name}{where}：{one.notes_text or ''}"
        out.print(f"{text} {one.observed_text or ''}", markup=False)


@app.command()
def check() -> None:
    """检查候选版本，结果写入 checks/。"""
    from pipeline.build import build_lock

    with build_lock(home()):
        verdict = check_once(newest_candidate())
    show_verdict(verdict)
    if not verdict.passed:
        raise typer.Exit(1)


@app.command()
def publish(make_current: CurrentOption = False) -> None:
    """发布已通过检查的候选版本：只移动一个指针。"""
    from pipeline.build import build_lock
    from pipeline.gate import publish as publish_candidate

    with build_lock(home()):
        version = publish_candidate(home(), newest_candidate(), make_current)
    out.print(f"已发布 {version.id}")


@app.command()
def run(
    as_of: AsOfOption = None, full: FullOption = False, make_current: CurrentOption = False
) -> None:
    """从装载到发布全部完成；有拒收的文件照常继续，并列出原因。"""
    from pipeline.run import run_all

    home().settings()
    result = load_files(None, None)
    show_load(result)
    outcome = run_all(home(), moment(as_of), full, make_current, build_once, check_once)
    for candidate in outcome.candidates:
        show_candidate(candidate)
    for sha, reason in outcome.quarantined.items():
        out.print(f"[yellow]已隔离[/yellow] 来件 {sha[:12]}：{reason}")
    show_verdict(outcome.verdict)
    out.print(f"已发布 {outcome.version.id}")


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="端口。")] = 8501,
    host: Annotated[str, typer.Option(help="监听地址；没有设置登录时只能是本机。")] = "127.0.0.1",
) -> None:
    """启动看板。没有设置登录时只监听本机，含全部页面。"""
    from pipeline.serve import serve_dashboards

    raise typer.Exit(serve_dashboards(home(), host, port))


@app.command()
def docs() -> None:
    """生成已发布版本的表结构和血缘文档（dbt），在“口径”页打开。"""
    from pipeline.docs import write_docs

    out.print(f"已写入 {write_docs(home())}", markup=False)


@app.command()
def status(as_json: JsonOption = False) -> None:
    """当前版本、各类数据的最近来件、最近一次检查的结论。"""
    from pipeline.status import read_status, show_status

    content = read_status(home())
    if as_json:
        print_json(content)
    else:
        show_status(content, out)


UnitOption = Annotated[str | None, typer.Option(help="只写该单位的（名称或代码）。")]
ToOption = Annotated[
    Path | None, typer.Option("--to", help="写到哪个目录；默认数据目录下的 outbox/。")
]


@app.command()
def rejects(
    feed: FeedOption = None,
    as_json: JsonOption = False,
    workbooks: Annotated[
        bool, typer.Option("--workbooks", help="写成退回修改的表格：错格标红，批注写原因。")
    ] = False,
    unit: UnitOption = None,
    target: ToOption = None,
) -> None:
    """列出原始区中被退回的行：文件、工作表、行、单元格、原因、报送单位；或写成退回修改的表格。"""
    from pipeline.rejects import rejects as read_rejects

    if workbooks:
        return_rejects(unit, target, known_feed(feed))
        return
    found = read_rejects(home(), known_feed(feed))
    if as_json:
        print_json([dataclasses.asdict(one) for one in found])
        return
    table = Table(title=f"退回 {len(found)} 条", title_justify="left")
    for name in ("种类", "文件", "工作表", "行", "单元格", "列", "原因", "报送单位"):
        table.add_column(name, overflow="fold")
    for one in found:
        cells = (one.feed, one.file_name, one.sheet, one.row_number, one.cell, one.header)
        table.add_row(*(str(c or "") for c in (*cells, one.reason, one.sender_name)))
    out.print(table)


def return_rejects(unit: str | None, target: Path | None, feed: str | None) -> None:
    """Write the workbooks that go back, and say which."""
    from ingestion.land import clock
    from pipeline.reject_workbooks import write_workbooks

    folder = target or home().outbox / f"退回修改{clock(home()):%Y%m%d}"
    written = write_workbooks(home(), unit, folder, feed)
    for one in written:
        out.print(f"{one.sender_name}：{one.row_count} 行待改，{one.path}", markup=False)
    if not written:
        out.print("没有要退回修改的表格。受保护的来件和设备导出的文件不退回。")


@app.command()
def receipt(
    shas: Annotated[list[str], typer.Argument(help="来件指纹（前 8 位以上），可写几个。")],
    as_json: JsonOption = False,
) -> None:
    """一份来件的回执：读到多少行、退回和提示了哪些单元格、为什么。"""
    from pipeline.receipt import receipt as receipt_of

    found = [receipt_of(home(), sha) for sha in shas]
    if as_json:
        print_json([dataclasses.asdict(one) for one in found])
        return
    for one in found:
        out.print(
            f"{one.file_name}（{FEEDS[one.feed].title}）{one.sha256[:12]}　接收 {one.received_at:%Y-%m-%d %H:%M}　"
            f"读到 {one.read:,}，有效 {one.good:,}，退回 {one.rejected:,}，跳过 {one.skipped:,}，提示 {one.warnings:,}",
            markup=False,
        )
        if one.refusal:
            out.print(f"拒收：{one.refusal}", markup=False)
        if one.complaints:
            table = Table()
            for name in ("类别", "工作表", "行", "单元格", "列", "原因"):
                table.add_column(name, overflow="fold")
            for told in one.complaints:
                kind = "退回" if told.kind == "rejected" else "提示"
                cells = (kind, told.sheet, told.row_number, told.cell, told.header, told.reason)
                table.add_row(*(str(cell or "") for cell in cells))
            out.print(table)


@app.command()
def ask(
    contradictions: Annotated[
        list[str] | None, typer.Argument(help="线索编号（可只写前几位）；不写即全部尚未下发的。")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="只下发给该单位（名称或代码）。")] = None,
    rule: Annotated[str | None, typer.Option(help="只下发该规则的线索，如 X01。")] = None,
    target: Annotated[
        Path | None, typer.Option("--out", help="写到哪个目录；默认数据目录下的 outbox/。")
    ] = None,
    number: Annotated[
        str | None, typer.Option("--number", help="发文字号，如 云打非办函〔2022〕7号。")
    ] = None,
) -> None:
    """向有关单位下发核实函：每个单位一份函（docx）和一份待填的核查说明（xlsx）。"""
    from pipeline.clock import now
    from reports.ask import ask as write_requests

    issued_at = home().settings().as_of or now()
    requests = write_requests(
        home(), contradictions or [], unit, rule, target or home().outbox, issued_at, number
    )
    for request in requests:
        count = len(request.contradiction_ids)
        out.print(f"{request.unit_name}：{count} 条线索，{request.letter}", markup=False)
    out.print("待填的核查说明已放入收件箱。下一步：minewatch run，之后线索的状态为“已下发”。")


@app.command()
def forms(
    period: Annotated[str, typer.Option(help="周 2022-W45、月 2022-11 或季度 2022-Q4。")],
    unit: UnitOption = None,
    target: ToOption = None,
) -> None:
    """写出待填的巡查检查台账（xlsx）：周为各村、月为各乡镇、季度为县级，点位已填好。"""
    from reports.forms import write_forms
    from reports.periods import period_of

    chosen = period_of(period)
    folder = target or home().outbox / f"巡查台账{period}"
    show_written(write_forms(home(), chosen, unit, folder))


@app.command()
def remind(unit: UnitOption = None, target: ToOption = None) -> None:
    """写出催办函（docx）：每个单位一份，列明逾期、未报送和即将到期的事项。"""
    from ingestion.land import clock
    from reports.remind import remind as write_letters

    folder = target or home().outbox / f"催办函{clock(home()):%Y%m%d}"
    show_written(write_letters(home(), unit, folder))


@app.command()
def brief(
    day: Annotated[str | None, typer.Option("--date", help="哪天早晨；默认数据截至之日。")] = None,
    target: Annotated[
        Path | None, typer.Option("--to", help="写成哪个文件，.html 或 .pdf；默认在 outbox/ 下。")
    ] = None,
) -> None:
    """写出一页晨报：昨日以来、需要决定、请联系、本周到期。"""
    from reports.brief import write_brief

    chosen = moment(day)
    show_written([write_brief(home(), chosen.date() if chosen else None, target)])


@app.command()
def submit(
    period: Annotated[str, typer.Argument(help="上报哪个月，如 2022-11。")],
    target: ToOption = None,
) -> None:
    """写出上报数据包（zip）：本月和累计指标、期限进度、案件数量，供市级 minewatch 装载。"""
    from pipeline.submit import submit as write_package
    from reports.periods import period_of

    package = write_package(home(), period_of(period), target or home().outbox)
    rows = "，".join(f"{name} {count} 行" for name, count in package.rows.items())
    out.print(f"{package.path}（{rows}）\nSHA-256 {package.sha256}", markup=False)


def show_written(paths: list[Path]) -> None:
    """One line a file."""
    for path in paths:
        out.print(str(path), markup=False)


@app.command()
def export(
    target: Annotated[Path, typer.Option("--to", help="写到哪个目录；须不存在或为空。")],
    with_restricted: Annotated[
        bool,
        typer.Option("--with-restricted", help="含受限的表、行和列：仅供领导小组办公室，不外传。"),
    ] = False,
) -> None:
    """导出当前版本的全部数据表：Parquet、Excel 和一个 DuckDB 文件。"""
    from pipeline.export import export as export_version

    with progress_bar("导出") as advance:
        result = export_version(home(), target, with_restricted, advance)
    out.print(f"已把版本 {result.version_id} 的 {len(result.rows)} 张表导出到 {target}")
    if result.parquet_only:
        out.print(f"超过 Excel 行数上限，只有 Parquet：{'、'.join(result.parquet_only)}")
    if result.left_out:
        out.print(f"受限，未导出的表：{'、'.join(result.left_out)}；受限的行和列也未导出。")


@app.command()
def withdraw(
    sha: Annotated[str, typer.Argument(help="来件指纹（前 8 位以上）。")],
    reason: Annotated[str, typer.Option(help="撤回原因，会留档。")],
    undo: Annotated[bool, typer.Option("--undo", help="恢复已撤回的来件。")] = False,
) -> None:
    """撤回一份错误来件：留下带日期的记录，不删除任何内容。"""
    from ingestion.land import withdraw as withdraw_delivery

    record = withdraw_delivery(home(), sha, reason, undo)
    verb = "恢复" if undo else "撤回"
    out.print(f"已{verb} {record.file_name}（{record.sha256[:12]}）。下次构建生效：minewatch run")


@app.command()
def retrieve(
    sha: Annotated[str, typer.Argument(help="来件指纹（前 8 位以上）。")],
    target: Annotated[Path, typer.Argument(help="写到哪个文件；不覆盖已有文件。")],
) -> None:
    """从归档取出一份来件的原文件；加密归档的自动解密。"""
    from ingestion.land import retrieve as retrieve_delivery

    record = retrieve_delivery(home(), sha, target)
    out.print(f"已取出 {record.file_name}（{record.sha256[:12]}），写入 {target}")
    if record.is_protected:
        out.print("[yellow]含举报人信息[/yellow] 请只在必要时使用，用后删除。")


@app.command()
def reread(feed: FeedOption = None) -> None:
    """用现在的读取程序重读归档的来件，接收时间不变。"""
    from ingestion.land import reread as reread_archive

    with progress_bar("重读") as advance:
        result = reread_archive(home(), known_feed(feed), on_progress=advance)
    show_load(result)


def main() -> None:
    """Entry point: our own failures become one clear message and exit code 1."""
    try:
        app()
    except MinewatchError as error:
        # Words in square brackets are the message's own.
        say.print(f"[red]未完成[/red] {escape(str(error))}")
        sys.exit(1)


if __name__ == "__main__":
    main()
