"""The community's list of residents: the whole list or nothing, any number of times."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook

from bot.config import ConfigError, Settings, load
from bot.people import importing, plan, sheet, template
from models.households import Door
from storage import households

HEAD = ["姓名", "电话", "楼号", "单元", "房号", "房屋性质", "独居", "没有电话", "是否同意", "同意来源"]
ZHANG = ["张秀英", "13800138000", "3", "2", "501", "业主", "是", "", "同意", "上门"]
HERE = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
LI = ["李建国", "", "3号楼", "2单元", "502室", "租户", "否", "是", "", ""]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    file = tmp_path / "linsheng.toml"
    folder = tmp_path / "data"
    folder.mkdir()
    file.write_text(
        f'[community]\nbuildings = [{{ numbers = "1-18", units = 3, floors = 6, rooms = 2 }}]\n[data]\nfolder = "{folder}"\n'
    )
    return load(file)


def book(path: Path, *rows: list[object], head: list[str] | None = None) -> Path:
    workbook = Workbook()
    table = workbook.active
    table.append(HEAD if head is None else head)
    for row in rows:
        table.append(row)
    workbook.save(path)
    return path


async def listed(settings: Settings) -> list[households.Listed]:
    from bot import service
    from bot.keeping.folders import Folders

    database = await service.open_folder(Folders(settings.data.folder))
    try:
        return await database.read(households.everybody)
    finally:
        await database.close()


async def test_a_list_is_kept_and_said_again_it_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    file = book(tmp_path / "名单.xlsx", ZHANG, LI)
    first = await importing.run(settings, file, dry=False)
    assert first.lines[-1] == "kept: 2"
    before = await listed(settings)
    assert [(one.facts.name, one.facts.door) for one in before] == [
        ("张秀英", Door("3", "2", "501")),
        ("李建国", Door("3", "2", "502")),
    ]
    assert (before[0].facts.consent, before[0].facts.alone, before[1].facts.phoneless) == ("visit", "yes", "yes")
    again = await importing.run(settings, file, dry=False)
    assert "new 0, changed 0" in again.lines[1] and "as before 2" in again.lines[1]
    assert await listed(settings) == before


async def test_a_dry_run_tells_and_keeps_nothing(settings: Settings, tmp_path: Path) -> None:
    report = await importing.run(settings, book(tmp_path / "a.xlsx", ZHANG, LI), dry=True)
    assert "new 2" in report.lines[1] and report.lines[-1].startswith("a dry run")
    assert await listed(settings) == []


async def test_who_moved_is_followed_by_the_telephone_and_what_was_before_is_history(
    settings: Settings, tmp_path: Path
) -> None:
    await importing.run(settings, book(tmp_path / "a.xlsx", ZHANG), dry=False)
    moved = [*ZHANG[:2], "7", "1", "102", "租户", *ZHANG[6:]]
    report = await importing.run(settings, book(tmp_path / "b.xlsx", moved), dry=False)
    assert "row 2: 张秀英 moved from 3-2-501 to 7-1-102" in report.lines
    (zhang,) = await listed(settings)
    assert (zhang.facts.door, zhang.facts.tenure) == (Door("7", "1", "102"), "tenant")
    from bot import service
    from bot.keeping.folders import Folders

    database = await service.open_folder(Folders(settings.data.folder))
    try:
        history = await database.read(lambda tx: households.history(tx, zhang.id))
    finally:
        await database.close()
    assert [(source, dict(changes)) for _, source, changes in history] == [
        ("a.xlsx", {"door": ["", "3-2-501"]}),
        ("b.xlsx", {"door": ["3-2-501", "7-1-102"], "tenure": ["owner", "tenant"]}),
    ]


async def test_what_a_newer_list_leaves_open_stays(settings: Settings, tmp_path: Path) -> None:
    await importing.run(settings, book(tmp_path / "a.xlsx", ZHANG), dry=False)
    bare = ["张秀英", "", 3, 2, 501, "", "", "", "", ""]
    report = await importing.run(settings, book(tmp_path / "b.xlsx", bare), dry=False)
    assert "as before 1" in report.lines[1]
    (zhang,) = await listed(settings)
    assert (zhang.facts.phone, zhang.facts.alone) == ("13800138000", "yes")


async def test_a_namesake_behind_another_door_is_somebody_else_and_told(settings: Settings, tmp_path: Path) -> None:
    await importing.run(settings, book(tmp_path / "a.xlsx", ZHANG), dry=False)
    other = ["张秀英", "", "9", "1", "101", "", "", "", "", ""]
    report = await importing.run(settings, book(tmp_path / "b.xlsx", other), dry=False)
    assert any("张秀英 is new behind 9-1-101" in line for line in report.lines)
    assert len(await listed(settings)) == 2


WRONG = {
    "no name": ([["", *ZHANG[1:]]], "row 2, 姓名: is missing"),
    "swapped columns": ([["13800138000", "张秀英", *ZHANG[2:]]], "row 2, 电话: '张秀英' is no telephone number"),
    "a number as name": ([["501", *ZHANG[1:]]], "row 2, 姓名: '501' is no name"),
    "a short telephone": ([[ZHANG[0], "1381", *ZHANG[2:]]], "row 2, 电话: '1381' is no telephone number"),
    "no building": ([[*ZHANG[:2], "", *ZHANG[3:]]], "row 2, 楼号: is missing"),
    "no room": ([[*ZHANG[:4], "", *ZHANG[5:]]], "row 2, 房号: is missing"),
    "an unknown building": ([[*ZHANG[:2], "99", *ZHANG[3:]]], "row 2, 楼号: there is no building 99"),
    "an unknown unit": ([[*ZHANG[:3], "7", *ZHANG[4:]]], "row 2, 单元: there is no unit 7"),
    "an unknown room": ([[*ZHANG[:4], "905", *ZHANG[5:]]], "row 2, 房号: there is no floor 9; there are 1 到 6"),
    "words in a room": ([[*ZHANG[:4], "不知道", *ZHANG[5:]]], "row 2, 房号: '3号楼2单元不知道室' is no door"),
    "an unknown word": ([[*ZHANG[:5], "朋友", *ZHANG[6:]]], "row 2, 房屋性质: '朋友' is not one of 业主 / 租户 / 家属"),
    "alone perhaps": ([[*ZHANG[:6], "也许", *ZHANG[7:]]], "row 2, 独居: '也许' is not one of 是 / 否"),
    "a telephone and none": ([[*ZHANG[:7], "是", *ZHANG[8:]]], "row 2, 没有电话: says yes, but"),
    "consent from nowhere": ([[*ZHANG[:9], ""]], "row 2, 同意来源: is missing"),
    "two doors": ([ZHANG, [*ZHANG[:2], "7", *ZHANG[3:]]], "row 3, 房号: row 2 has the same person behind another door"),
    "two of one name": (
        [["张秀英", "", "3", "2", "501"], ["张秀英", "", "3", "2", "501", "租户"]],
        "row 3, 电话: two of one name behind one door (row 2)",
    ),
    "a contradiction": ([ZHANG, [*ZHANG[:5], "租户", *ZHANG[6:]]], "row 3, 房屋性质: says something else than row 2"),
    "a formula": ([["=A1", *ZHANG[1:]]], "row 2, 姓名: is a formula"),
}


@pytest.mark.parametrize("kind", WRONG)
async def test_one_wrong_cell_is_named_by_row_and_column_and_nothing_is_kept(
    settings: Settings, tmp_path: Path, kind: str
) -> None:
    rows, line = WRONG[kind]
    report = await importing.run(settings, book(tmp_path / "a.xlsx", *rows), dry=False)
    assert [fault for fault in report.faults if fault.startswith(line)], report.faults
    assert report.lines[-1] == "nothing was kept"
    assert await listed(settings) == []
    with pytest.raises(ConfigError, match=r"a\.xlsx: \d+ things to put right"):
        importing.refuse(tmp_path / "a.xlsx", report)


async def test_a_household_in_two_doors_is_named(settings: Settings, tmp_path: Path) -> None:
    file = book(
        tmp_path / "a.xlsx",
        ["张秀英", "3号楼2单元501", "H7"],
        ["李建国", "3号楼2单元502", "H7"],
        head=["姓名", "住址", "户号"],
    )
    report = await importing.run(settings, file, dry=False)
    assert report.faults == ("row 3, 户号: household H7 is behind 3-2-501 in row 2 and behind 3-2-502 here",)


async def test_merged_cells_are_named(settings: Settings, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", ZHANG, [None, *LI[1:]])
    workbook = load_workbook(file)
    workbook.active.merge_cells("A2:A3")
    workbook.save(file)
    report = await importing.run(settings, file, dry=False)
    assert "row 2, 姓名: merged cells (A2:A3); split them" in report.faults


async def test_the_same_row_twice_is_kept_once(settings: Settings, tmp_path: Path) -> None:
    report = await importing.run(settings, book(tmp_path / "a.xlsx", ZHANG, LI, ZHANG), dry=False)
    assert "said twice 1" in report.lines[1] and "row 4: as row 2" in report.lines
    assert len(await listed(settings)) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is no xlsx workbook"),
        (b"PK\x03\x04 not really", "is no xlsx workbook"),
        ("姓名,楼号,房号\n".encode(), "is no xlsx workbook"),
    ],
)
async def test_a_file_that_is_no_workbook_is_one_line(
    settings: Settings, tmp_path: Path, content: bytes, told: str
) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(sheet.NoTable, match=told):
        await importing.run(settings, tmp_path / "a.xlsx", dry=True)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (["电话", "楼号", "房号"], "no sheet has a column"),
        (["姓名", "电话"], "needs 楼号 and 房号"),
        (["姓名", "楼号", "楼栋", "房号"], "楼号 and 楼栋 mean the same column"),
    ],
)
async def test_a_header_that_cannot_be_used_is_one_line(
    settings: Settings, tmp_path: Path, head: list[str], told: str
) -> None:
    with pytest.raises(sheet.NoTable, match=told):
        await importing.run(settings, book(tmp_path / "a.xlsx", head=head), dry=True)


async def test_a_missing_file_is_one_line(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(sheet.NoTable, match="No such file"):
        await importing.run(settings, tmp_path / "none.xlsx", dry=True)


async def test_a_workbook_that_unpacks_to_too_much_is_refused(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "LARGEST", 100)
    with pytest.raises(sheet.NoTable, match="unpacks to more than"):
        await importing.run(settings, book(tmp_path / "a.xlsx", ZHANG), dry=True)


async def test_numbers_that_a_spreadsheet_made_floats_are_numbers(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        table = workbook.add_worksheet()
        table.write_row(0, 0, ["槐树里社区 名单"])
        table.write_row(2, 0, HEAD)
        table.write_row(3, 0, [" 张秀英 ", 13800138000.0, 3.0, 2.0, 501.0])
    await importing.run(settings, file, dry=False)
    (zhang,) = await listed(settings)
    assert (zhang.facts.phone, zhang.facts.door) == ("13800138000", Door("3", "2", "501"))


async def test_the_template_is_a_list_that_can_be_brought_in(settings: Settings, tmp_path: Path) -> None:
    template.write(tmp_path / "名单.xlsx")
    report = await importing.run(settings, tmp_path / "名单.xlsx", dry=True)
    assert report.faults == () and "new 1" in report.lines[1]
    with pytest.raises(FileExistsError):
        template.write(tmp_path / "名单.xlsx")


async def test_an_import_that_is_interrupted_keeps_nothing_and_goes_through_the_next_time(
    settings: Settings, tmp_path: Path
) -> None:
    file = book(tmp_path / "a.xlsx", ZHANG, LI)

    def torn(things, doing, count):
        for number, thing in enumerate(things):
            if doing == "keeping" and number == 1:
                raise MemoryError
            yield thing

    with pytest.raises(MemoryError):
        await importing.run(settings, file, dry=False, watch=torn)
    assert await listed(settings) == []
    assert (await importing.run(settings, file, dry=False)).lines[-1] == "kept: 2"


def test_of_many_lines_of_a_kind_the_first_are_told_and_how_many_more() -> None:
    told = list(importing._some(f"row {number}" for number in range(100)))
    assert len(told) == importing.MOST + 1 and told[-1] == "… and 70 more of this kind"


def test_a_plan_never_joins_by_name_alone() -> None:
    from bot.people.cells import Entry
    from models.households import Facts, Listed

    known = Listed(1, Facts("张秀英", Door("3", "2", "501"), "13800138000"))
    entry = Entry(2, Facts("张秀英", Door("3", "2", "501"), "13900139000"))
    planned = plan.compare([entry], [known], {})
    assert planned.new == [entry] and not planned.changed


def test_the_command_brings_a_list_in_and_ends_with_two_on_a_wrong_one(settings: Settings, tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", "people", *words], capture_output=True, text=True, cwd=tmp_path, env=HERE
        )
        return done.returncode, done.stdout, done.stderr

    config = ("--config", str(tmp_path / "linsheng.toml"))
    assert run("template", "名单.xlsx")[0] == 0
    assert run("import", "名单.xlsx", "--dry-run", *config)[:2] == (
        0,
        "sheet 名单: 1 rows, 1 of them people\nnew 1, changed 0 (of these 0 moved), as before 0, said twice 0; known and not on"
        " this list 0 (they stay)\na dry run: nothing was kept\n",
    )
    assert run("import", "名单.xlsx", *config)[1].endswith("kept: 1\n")
    book(tmp_path / "wrong.xlsx", ["", *ZHANG[1:]])
    code, told, line = run("import", "wrong.xlsx", *config)
    assert (code, line) == (2, "linsheng: wrong.xlsx: 1 things to put right; nothing was kept\n")
    assert told.endswith("row 2, 姓名: is missing\n")
    assert run("template", "名单.xlsx")[0] == 2
    assert run("import", "none.xlsx", *config)[::2] == (2, "linsheng: none.xlsx: No such file or directory\n")
