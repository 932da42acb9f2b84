"""The monthly returns of offices: what was planted in them is in the files, and nothing else is."""

import csv
import io
from collections import Counter, defaultdict
from datetime import date, datetime

import openpyxl

from sample.build import build_world
from sample.cases import CaseBook
from sample.clues import ClueBook
from sample.desk import Desk
from sample.episodes import half_years
from sample.lists import ListFile, month_end, months
from sample.outbox import Outbox
from sample.places import gcj02_to_wgs84
from sample.returns import write_month, write_standing
from tests.sample.county import decoded, deliveries, hashes, shown, truth
from warehouse.settings import Home

RETURNS = {
    *("rewards", "meetings", "sponsorships", "sponsor_visits", "projects", "transfers"),
    *("joint_operations", "enterprise_reports", "capacity", "milestones", "grid_applications"),
    *("watchlist", "credit_entries", "accountability", "publicity", "commendations"),
    *("inspections", "measures", "agency_checks", "camera_views", "patches", "explanations"),
    *("waivers", "instructions"),
}
SUMS = ("合计", "小计", "填表人")


def grid_of(path):
    """The rows of a list as text, its header first; below a merged cell stands what is in it."""
    if path.suffix == ".csv":
        return list(csv.reader(io.StringIO(decoded(path))))
    ((_, grid),) = shown(path)
    return grid[1:]


def rows_of(path):
    """The rows of a list that are no sums, by header; a name left out is the one above."""
    header, *rows = grid_of(path)
    found = [dict(zip(header, row, strict=False)) for row in rows if not row[0].startswith(SUMS)]
    for before, row in zip(found, found[1:], strict=False):
        for name in ("牵头单位", "包联编号"):
            if name in row:
                row[name] = row[name] or before[name]
    return found


def lists(home, feed):
    """The lists of a feed by the time they were received, earliest first."""
    received = {e["file"]: e["received_at"] for e in truth(home, "deliveries")}
    paths = [path for path in deliveries(home) if feed in path.parts]
    return sorted(paths, key=lambda path: (received[f"{feed}/{path.name}"], path.name))


def latest(home, feed, *key):
    """Every row of a feed as the list received last has it."""
    found = {}
    for path in lists(home, feed):
        for row in rows_of(path):
            found[tuple(row[name] for name in key)] = row
    return found


def duties(home, kind):
    return {
        (duty["unit"], duty["subject"]): duty
        for duty in truth(home, "duties")
        if duty["kind"] == kind
    }


def day(text):
    """A date as some office writes it."""
    digits = text[:10].replace(".", "-").replace("/", "-")
    return date.fromisoformat(digits)


def quarter(moment):
    return f"{moment.year}Q{(moment.month + 2) // 3}"


# What is sent


def test_every_return_of_the_contract_comes_in_every_month_and_has_rows(home, half_year):
    for each in (home, half_year):
        senders = {path.relative_to(each.inbox).parts[0] for path in deliveries(each)}
        assert senders >= RETURNS
        for feed in RETURNS - {"commendations"}:
            assert sum(len(rows_of(path)) for path in lists(each, feed)), feed
    kinds = Counter(path.suffix for feed in RETURNS for path in lists(half_year, feed))
    assert kinds[".xlsx"] > kinds[".csv"] > 20
    assert kinds[".xls"] > 20


def test_rows_without_a_required_cell_are_where_the_truth_says_and_counted_as_lost(half_year):
    entries = {entry["file"]: entry for entry in truth(half_year, "deliveries")}
    lost = [e for e in truth(half_year, "dirt") if e["kind"] == "required_cell_blank"]
    assert len({entry["file"].split("/")[0] for entry in lost}) >= 8
    for entry in lost:
        path = half_year.inbox / entry["file"]
        grid = grid_of(path)
        below = entry["row"] - (1 if path.suffix == ".csv" else 2)
        row = dict(zip(grid[0], grid[below], strict=False))
        assert row[entry["header"]] == "", entry
        assert any(row.values())
        assert entries[entry["file"]]["rows_rejected"] == 1


def test_groups_of_a_list_are_merged_and_their_sums_add_up(half_year):
    for path in lists(half_year, "joint_operations"):
        sheet = openpyxl.load_workbook(path).active
        sums = [r[1].value for r in sheet.iter_rows() if r[0].value == "小计"]
        assert sum(sums) == len(rows_of(path))
        column = [cell.value for cell in sheet[2]].index("牵头单位") + 1
        merged = [each for each in sheet.merged_cells.ranges if each.min_col == column]
        assert merged or max(sums) == 1
        for each in merged:
            assert each.max_row - each.min_row + 1 in sums


def test_a_grouped_list_says_how_many_rows_a_reader_has_to_skip():
    rows = [("甲", 1), ("甲", 2), ("乙", 3)]
    plain = ListFile("表", date(2022, 11, 30), ("单位", "数"), rows, "表", total="3个")
    grouped = ListFile(
        "表",
        date(2022, 11, 30),
        ("单位", "数"),
        rows,
        "表",
        "3个",
        "填表人：资源专干",
        grouped="单位",
    )
    assert plain.skipped() == {"subtotal": 1}
    assert grouped.skipped() == {"subtotal": 3, "footer": 1}
    sheet = openpyxl.load_workbook(io.BytesIO(grouped.content())).active
    assert [cell.value for cell in sheet["A"]][1:] == [
        *("单位", "甲", None, "小计", "乙", "小计", "合计", "填表人：资源专干"),
    ]


def test_what_a_list_once_said_to_be_done_stays_done(half_year):
    for feed, key, done in (
        ("transfers", ("移送编号",), ("签收时间", "反馈时间")),
        ("instructions", ("交办编号",), ("办结日期",)),
        ("inspections", ("抽查编号",), ("整改完成日期",)),
        ("grid_applications", ("申请编号",), ("办结日期",)),
        ("explanations", ("对象编号", "下发时间"), ("说明时间",)),
        ("patches", ("图斑编号",), ("填报日期",)),
        ("rewards", ("奖励编号",), ("发放日期",)),
    ):
        versions = defaultdict(list)
        for path in lists(half_year, feed):
            for row in rows_of(path):
                versions[tuple(row[name] for name in key)].append(row)
        filled = 0
        for rows in versions.values():
            for name in done:
                states = [bool(row[name]) for row in rows]
                assert states == sorted(states), (feed, rows[0])
                filled += len(set(states)) == 2
        # A county has few rewards.
        assert filled or feed == "rewards", feed


def test_no_list_says_what_happened_after_it_was_made(half_year):
    for entry in truth(half_year, "deliveries"):
        feed = entry["file"].split("/")[0]
        if feed not in RETURNS - {"waivers"}:
            continue
        for row in rows_of(half_year.inbox / entry["file"]):
            for name, text in row.items():
                # Time limits lie ahead, and a sponsorship has begun by the day of its list.
                if name.endswith(("日期", "时间")) and name != "计划完成日期" and text:
                    moment = text if "-" in text else f"{text[:4]}-{text[4:6]}-{text[6:]}"
                    if "/" in text or "." in text:
                        moment = day(text).isoformat()
                    assert moment[:10] <= entry["received_at"][:10], (entry["file"], row)


def test_some_returns_arrive_after_the_as_of_though_they_are_about_the_time_before(half_year):
    as_of = half_year.settings().as_of
    late = {
        (duty["kind"], duty["unit"])
        for duty in truth(half_year, "duties")
        if duty["outcome"] == "sent_late"
        and duty["subject"] < "2022-12"
        and datetime.fromisoformat(duty["received_at"]) > as_of
    }
    assert len(late) == 3
    received = {e["received_at"] for e in truth(half_year, "deliveries")}
    for duty in truth(half_year, "duties"):
        if duty["outcome"] == "sent_late":
            assert duty["received_at"].replace(" ", "T") in received


def test_returns_of_winter_are_the_same_whatever_months_are_generated_beside_them(tmp_path):
    """The year ends between them, and with it a half year of episodes and the lists of the year."""

    def returns(root, first, last):
        world = build_world(7, 30, first, last)
        clues = ClueBook(world)
        cases = CaseBook(world, clues, list(half_years(first, last)))
        outbox = Outbox(Home(root))
        desk = Desk(outbox, world, clues, cases)
        write_standing(desk, last)
        for month in months(first, last):
            write_month(desk, month_end(month))
        return hashes(root / "inbox")

    whole = returns(tmp_path / "whole", date(2022, 12, 1), date(2023, 2, 28))
    for month in (date(2022, 12, 1), date(2023, 1, 1), date(2023, 2, 1)):
        alone = returns(tmp_path / f"{month}", month, month_end(month))
        assert len(alone) > 40
        assert alone.items() <= whole.items(), month


# What was owed


def test_a_group_without_a_meeting_in_a_quarter_is_one_that_missed_it_or_was_late(half_year):
    held = defaultdict(set)
    told = defaultdict(list)
    for entry in truth(half_year, "deliveries"):
        if entry["file"].startswith("meetings/"):
            for row in rows_of(half_year.inbox / entry["file"]):
                moment = day(row["会议日期"])
                held[row["领导小组"]].add(quarter(moment))
                told[row["领导小组"], moment].append(entry["received_at"][:10])
    planted = duties(half_year, "meeting")
    assert len(held) == 9
    for group, quarters in held.items():
        for owed in ("2022Q3", "2022Q4"):
            fate = planted.get((group, owed), {"outcome": "held"})["outcome"]
            assert (owed in quarters) == (fate in ("held", "told_late")), (group, owed, fate)
    assert {duty["outcome"] for duty in planted.values()} == {"missed", "late", "told_late"}
    (late,) = [duty for duty in planted.values() if duty["outcome"] == "told_late"]
    assert min(told[late["unit"], day(late["day"])]) >= late["told"]


def test_a_sponsor_that_nobody_saw_in_a_month_is_one_that_did_not_go(half_year):
    sponsors = {}
    for path in lists(half_year, "sponsorships"):
        for row in rows_of(path):
            sponsors[row["包联编号"]] = row
    seen = {
        (row["包联编号"], row["督导日期"][:7])
        for path in lists(half_year, "sponsor_visits")
        for row in rows_of(path)
        if row["督导日期"]
    }
    assert {who for who, _ in seen} <= set(sponsors)
    planted = duties(half_year, "visit")
    lost = {e["file"] for e in truth(half_year, "dirt") if e["kind"] == "required_cell_blank"}
    assert [file for file in lost if file.startswith("sponsor_visits/")]
    missing = set()
    for who, row in sponsors.items():
        for month in range(7, 13):
            first, last = f"2022-{month:02}-01", f"2022-{month:02}-31"
            is_whole = row["开始日期"][:10] <= first and (row["结束日期"] or "9")[:10] >= last[:8]
            if is_whole and row["结束日期"][:7] != first[:7] and (who, first[:7]) not in seen:
                missing.add((who, first[:7]))
    assert missing == set(planted)
    assert len(planted) > 8
    assert {len(row["包联村"]) > 0 for row in sponsors.values()} == {True, False}


def test_what_was_never_signed_answered_or_entered_is_blank_in_the_last_list(half_year):
    transfers = latest(half_year, "transfers", "移送编号")
    planted = duties(half_year, "transfer")
    assert len(planted) > 8
    for (_, identifier), duty in planted.items():
        row = transfers.get((identifier,))
        if row is None:
            continue  # made in the last hours of December
        assert not ("signed never" in duty["outcome"] and row["签收时间"])
        assert not ("answered never" in duty["outcome"] and row["反馈时间"])
    for row in transfers.values():
        if row["签收时间"]:
            assert row["移送时间"] <= row["签收时间"]
            assert not row["反馈时间"] or row["移送时间"] <= row["反馈时间"]
    entered = {row["案件编号"] for row in latest(half_year, "credit_entries", "案件编号").values()}
    for (_, case_id), duty in duties(half_year, "credit_entry").items():
        assert (case_id in entered) == (
            duty["outcome"] == "late" and duty["entered"] <= "2022-12-31"
        )
    decided = {
        case["case_id"]
        for case in truth(half_year, "cases")
        if any(state == "作出处罚决定" and at < "2022-12-20" for state, at, _ in case["steps"])
    }
    never = {
        case
        for (_, case), d in duties(half_year, "credit_entry").items()
        if d["outcome"] == "never"
    }
    assert len(decided & entered) > 10
    assert len(decided & never) > 2


def test_orders_and_problems_that_are_open_have_no_day_and_late_ones_one_after_their_limit(
    half_year,
):
    for feed, kind, key, due, done in (
        ("instructions", "instruction", "交办编号", "期限", "办结日期"),
        ("inspections", "rectification", "抽查编号", "整改期限", "整改完成日期"),
    ):
        rows = latest(half_year, feed, key)
        planted = {
            subject: duty["outcome"] for (_, subject), duty in duties(half_year, kind).items()
        }
        outcomes = Counter()
        for (identifier,), row in rows.items():
            outcome = planted.get(identifier, "in_time")
            outcomes[outcome] += 1
            if row[done]:
                assert outcome != "open"
                assert (row[done] > row[due]) == (outcome == "late"), row
        assert outcomes["in_time"] > outcomes["late"] > 0
        assert outcomes["open"] > 0


def test_rewards_are_for_clues_that_proved_true_paid_in_full_in_part_not_yet_or_refused(half_year):
    true = {c["clue_id"] for c in truth(half_year, "clues") if c["result"] in ("属实", "部分属实")}
    seen = Counter()
    for row in latest(half_year, "rewards", "奖励编号").values():
        clue = row["奖励编号"].removeprefix("JL")
        assert clue in true or clue[2:6] < "2022" or clue[2:8] < "202207"
        assert row["线索编号"] in (clue, clue[:-1])
        seen["refused" if row["不予奖励原因"] else "paid" if row["发放日期"] else "unpaid"] += 1
        assert not (row["不予奖励原因"] and row["发放日期"])
    assert min(seen[kind] for kind in ("refused", "paid", "unpaid")) > 0
    forgotten = {
        s for (_, s), d in duties(half_year, "reward").items() if d["outcome"] == "forgotten"
    }
    assert forgotten
    assert not {f"JL{clue}" for clue in forgotten} & {
        identifier for (identifier,) in latest(half_year, "rewards", "奖励编号")
    }


def test_a_measure_that_somebody_owes_is_in_the_list_late_or_not_at_all(half_year):
    rows = latest(half_year, "measures", "责任单位", "事项")
    planted = duties(half_year, "measure")
    assert len(rows) > 70
    outcomes = Counter()
    for (unit, subject), duty in planted.items():
        row = rows.get((unit, subject.split()[1]))
        outcomes[duty["outcome"]] += 1
        assert (row is None) == (duty["outcome"] == "never"), (unit, subject)
        if row:
            assert row["完成日期"][:10] == duty["day"] > "2022-11"
    assert outcomes["late"] > 5
    assert outcomes["never"] > 5
    clauses = {row["条款"] for row in rows.values()}
    assert {"2.1.1", "2.4.1", "二(三)1", "二（四）1"} <= clauses


def test_whoever_is_said_to_be_silent_has_no_row_in_that_quarter(half_year):
    campaigns = {
        (row["发布单位"], quarter(day(row["发布日期"])))
        for row in latest(half_year, "publicity", "编号").values()
        if row["类别"] == "宣传"
    }
    silent = {
        (unit, f"{month[:4]}Q{(int(month[5:]) + 2) // 3}")
        for unit, month in duties(half_year, "campaign")
    }
    units = {unit for unit, _ in campaigns | silent}
    assert len(units) == 10
    assert silent == {(unit, q) for unit in units for q in ("2022Q3", "2022Q4")} - campaigns
    checked = {
        (row["单位"], row["日期"][:7])
        for path in lists(half_year, "agency_checks")
        for row in rows_of(path)
    }
    not_sent = {
        key
        for key, duty in duties(half_year, "check_list").items()
        if duty["outcome"] == "not_sent"
    }
    assert len(not_sent) > 2
    assert not checked & not_sent
    counted = {row["单位"] for row in latest(half_year, "capacity", "单位", "统计日期").values()}
    ((unit, month),) = duties(half_year, "capacity")
    assert unit in counted
    assert (unit, "2022-09-30") not in {
        (row["单位"], row["统计日期"][:10])
        for row in latest(half_year, "capacity", "单位", "统计日期").values()
    }
    assert month == "2022-07"


def test_some_offices_send_an_empty_form_to_say_that_there_is_nothing(half_year):
    empty = [
        entry
        for entry in truth(half_year, "deliveries")
        if entry["file"].split("/")[0] in RETURNS and entry["rows_good"] == 0
    ]
    assert {entry["file"].split("/")[0] for entry in empty} == {"enterprise_reports"}
    for entry in empty[:3]:
        grid = grid_of(half_year.inbox / entry["file"])
        assert "企业名称" in grid[0]
        assert grid[1][0].startswith("填表人")


def test_a_major_case_is_followed_by_a_review_unless_the_truth_says_otherwise(half_year):
    rows = latest(half_year, "accountability", "编号")
    reviewed = {row["案件编号"]: row["移送或受理日期"][:10] for row in rows.values()}
    planted = {case: d for (_, case), d in duties(half_year, "accountability").items()}
    assert {d["outcome"] for d in planted.values()} >= {"late", "never"}
    for case, duty in planted.items():
        if duty["outcome"] == "never":
            assert case not in reviewed
        elif case in reviewed:
            assert (
                date.fromisoformat(reviewed[case]) - date.fromisoformat(duty["filed"])
            ).days > 30
    assert len(reviewed) > len(planted)


def test_results_of_closed_cases_are_published_unless_the_truth_says_otherwise(half_year):
    shown_cases = {
        row["案件编号"]: row
        for row in latest(half_year, "publicity", "编号").values()
        if row["编号"].startswith("GS")
    }
    planted = {case: d["outcome"] for (_, case), d in duties(half_year, "case_result").items()}
    assert set(planted.values()) == {"never", "late", "reason"}
    for case in truth(half_year, "cases"):
        closed = next((at for state, at, _ in case["steps"] if state == "结案"), None)
        outcome = planted.get(case["case_id"], "in_time")
        row = shown_cases.get(case["case_id"])
        if outcome == "never":
            assert row is None
        elif row and outcome == "reason":
            assert row["不予公开理由"]
        elif row:
            assert not row["不予公开理由"]
            days = (day(row["发布日期"]) - day(closed)).days
            assert (days > 30) == (outcome == "late")


# What is there


def test_milestones_grow_until_they_are_done_but_for_one_camera_counted_twice(half_year):
    reports = defaultdict(list)
    for path in lists(half_year, "milestones"):
        for row in rows_of(path):
            reports[row["节点编号"]].append((row["填报日期"], int(row["完成数量"]), row))
    falls = []
    for number, told in reports.items():
        assert [moment for moment, *_ in told] == sorted(moment for moment, *_ in told)
        counts = [count for _, count, _ in told]
        falls += [number for a, b in zip(counts, counts[1:], strict=False) if b < a]
        for _, count, row in told:
            assert count <= int(row["计划数量"])
            assert not row["实际完成日期"] or count == int(row["计划数量"])
    assert falls == ["JD104"]
    total = sum(
        int(told[-1][2]["计划数量"]) for number, told in reports.items() if number < "JD900"
    )
    assert total == len(truth(half_year, "cameras"))


def test_patches_lie_where_their_episodes_are_and_one_a_batch_is_passed_off_as_nothing(half_year):
    episodes = {e["id"]: e for e in truth(half_year, "episodes")}
    cases = {case["case_id"] for case in truth(half_year, "cases")}
    causes = {}
    for identifier, episode in episodes.items():
        for trace in episode["traces"].get("patches", ()):
            causes[trace["patch_id"]] = identifier
    wrong = {
        p: d for (_, p), d in duties(half_year, "patch").items() if d["outcome"] == "told_wrongly"
    }
    assert Counter(patch[6:12] for patch in wrong) == {"202207": 1, "202210": 1, "202212": 1}
    rows = latest(half_year, "patches", "图斑编号")
    assert len(rows) > 15
    for (identifier,), row in rows.items():
        assert not row["案件编号"] or row["案件编号"] in cases
        if identifier in causes and causes[identifier] in episodes:
            point = (float(row["经度"]), float(row["纬度"]))
            point = gcj02_to_wgs84(point) if row["坐标系"] == "GCJ-02" else point
            there = episodes[causes[identifier]]["place"]["point"]
            assert abs(point[0] - there[0]) < 0.001
            assert abs(point[1] - there[1]) < 0.001
        if identifier in wrong:
            assert row["填报结论"] in ("伪变化", "")
            assert identifier in causes


def test_views_are_of_sites_that_the_list_of_cameras_could_reach(half_year):
    cameras = {camera["id"] for camera in truth(half_year, "cameras")}
    sites = {site["id"] for site in truth(half_year, "sites")}
    rows = latest(half_year, "camera_views", "设备编号", "点位编号")
    assert {key[0] for key in rows} <= cameras
    assert {key[1] for key in rows} <= sites
    answers = Counter(row["是否可视"] for row in rows.values())
    assert answers["是"] > answers["否"] > 0
    assert answers["√"] + answers["×"] > 0


def test_applications_name_an_account_unless_they_are_for_a_new_one(half_year):
    meters = {meter["id"] for meter in truth(half_year, "meters")}
    rows = latest(half_year, "grid_applications", "申请编号")
    planted = {s: d["outcome"] for (_, s), d in duties(half_year, "commitment").items()}
    for (identifier,), row in rows.items():
        assert (row["户号"] == "") == (row["申请类型"] == "新装")
        assert row["户号"] in meters | {""}
        outcome = {("无", False): "no_commitment", ("有", False): "commitment_not_dated"}.get(
            (row["承诺书"], bool(row["承诺书日期"]))
        )
        if row["承诺书日期"].replace("-", "") > row["受理日期"]:
            outcome = "commitment_late"
        # Of one, somebody forgot the day.
        if "" < row["受理日期"] < "20221220":
            assert planted.get(identifier) == outcome
    outcomes = {"no_commitment", "commitment_not_dated", "commitment_late"}
    assert set(planted.values()) == outcomes
    assert {row["申请类型"] for row in rows.values()} >= {"新装", "增容", "报停", "恢复"}
