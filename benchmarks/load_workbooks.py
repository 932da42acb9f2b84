"""Loading many small workbooks against bare python-calamine reading the same cells.

    python -m benchmarks.load_workbooks [--files N] [--rounds R] [--json]

Measured is the whole load of a folder of patrol ledgers: copy and hash, a look for hostile files, reading,
raw file, archive and record of each, everything forced to disk. The baseline opens each workbook and takes
its cells, checks nothing and writes nothing. Both run by turns; the ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from pathlib import Path

from python_calamine import CalamineWorkbook

from ingestion.land import load
from warehouse.settings import Home


def write_workbooks(folder: Path, files: int) -> int:
    """Bare annex-2 forms of thirty lines, each of another village; returns the lines of all."""
    from xlsxwriter import Workbook

    header = (
        *("序号", "巡查检查区域位置", "矿种", "有无采矿证", "是否浅层煤浅层矿"),
        *("是否存在非法违法盗采行为", "是否存在越层越界", "是否存在违规生产行为"),
        *("制止取缔及关闭情况", "备注"),
    )
    for number in range(files):
        with Workbook(folder / f"{number:04}.xlsx") as book:
            sheet = book.add_worksheet()
            sheet.write(0, 0, "非法违法开采矿产资源行为巡查检查台账")
            sheet.write(1, 0, f"填报单位(盖章)：第{number}村村民委员会   填写时间：2022年11月2日")
            sheet.write_row(2, 0, header)
            for line in range(1, 31):
                place = f"第{number}村{line}号沟（111.{line:03},39.{number:03}）"
                answers = ("煤", "无", "否", "无", "否", "否", "无", f"第{line}处")
                sheet.write_row(2 + line, 0, (line, place, *answers))
            sheet.write(33, 0, "填表人：网格员   分管领导：副镇长   主要负责人：镇长")
    return files * 30


def bare_cells(folder: Path) -> int:
    """Every cell of every sheet, and nothing done with it."""
    count = 0
    for path in sorted(folder.glob("*.xlsx")):
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            count += sum(len(row) for row in sheet.to_python())
    return count


def measure(files: int, rounds: int) -> dict:
    """Median seconds of both, their ratio, and the peak memory of loading."""
    ours, baseline = [], []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "ledgers"
        folder.mkdir()
        rows = write_workbooks(folder, files)
        for number in range(rounds):
            home = Home(Path(scratch) / f"home{number}")
            home.prepare()
            started = time.perf_counter()
            loaded = load(home, [folder], "patrol_ledger").files
            ours.append(time.perf_counter() - started)
            assert sum(file.good for file in loaded) == rows, [f.message for f in loaded][:3]
            started = time.perf_counter()
            assert bare_cells(folder) > rows
            baseline.append(time.perf_counter() - started)
    ratio = statistics.median(a / b for a, b in zip(ours, baseline, strict=True))
    return {
        "name": "load_workbooks",
        "rows": files,
        "seconds": round(statistics.median(ours), 3),
        "baseline_seconds": round(statistics.median(baseline), 3),
        "ratio": round(ratio, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.files, options.rounds)
    if options.json:
        print(json.dumps(figures))
    else:
        print(*(f"{name}: {value}" for name, value in figures.items()), sep="\n")


if __name__ == "__main__":
    main()
