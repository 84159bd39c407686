"""Who is alerted, who may take it in hand and close it, what is kept, and what never leaves the ladder."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from bot import config
from bot.flow.heartbeat import Heartbeat
from bot.replay.talk import Stage
from handlers.danger import drills, ladder
from handlers.danger.settings import Danger
from handlers.understanding import context_of
from models.incidents import LIFE, LIVE, UNCLOSED, Incident, NotNow, Rung, evolve, rung_of
from models.meaning import PlaceExpression
from storage import dialogues, incidents, people, tickets
from storage.database import Transaction
from tests.conftest import group_messages, press, say
from tests.support.alarms import Watch, button, line, pass_seconds
from tests.support.cast import person, role
from tests.support.invariants import CANARIES


async def found(stage: Stage, number: int = 1) -> Incident:
    incident = await stage.database.read(lambda tx: incidents.get(tx, number))
    assert incident is not None
    return incident


async def kin(stage: Stage, account: str, relative: str) -> None:
    await stage.database.transaction(
        lambda tx: incidents.add_kin(tx, person(tx, account), person(tx, relative), stage.clock.now())
    )
    await stage.app.tick()


async def minutes(stage: Stage, number: float) -> None:
    await stage.app.walk(stage.clock.now() + timedelta(minutes=number), stage.clock.move)


# ---------------------------------------------------------------- the ladder


@pytest.mark.parametrize(
    ("number", "rung"), [(1, 0), (2, 0), (3, 1), (4, 2), (5, None), (6, 0), (8, 1), (9, 2), (10, None), (11, 0)]
)
def test_rung_after_rung_and_round_again(number: int, rung: int | None) -> None:
    assert rung_of(number, (Rung("duty", 2), Rung("vetted", 1), Rung("manager", 0.5)), 1.0) == rung


def test_an_empty_ladder_is_only_the_list() -> None:
    assert rung_of(1, (), 1.0) is None


async def test_without_roles_the_desk_is_alerted_then_the_managers(stage: Stage) -> None:
    await stage.database.transaction(lambda tx: tx.run("DELETE FROM role WHERE role IN ('duty', 'vetted')"))
    await stage.app.tick()
    watch = Watch(stage)
    await say(stage, "王奶奶", "着火了")
    await pass_seconds(stage, 200)
    assert [one.chat for one in watch.alerts()] == ["liujie", "liujie", "zhuren", "zhuren"]


async def test_with_nobody_at_all_the_resident_still_hears_what_to_do(stage: Stage) -> None:
    await stage.database.transaction(lambda tx: tx.run("DELETE FROM role"))
    await stage.app.tick()
    sent = await say(stage, "王奶奶", "着火了")
    assert any("119" in text for text in sent) and (await found(stage)).status == "open"


async def test_the_family_is_the_last_rung_for_those_who_named_one(stage: Stage) -> None:
    await kin(stage, "wang", "zhao")
    watch = Watch(stage)
    await say(stage, "王奶奶", "我摔了起不来")
    await pass_seconds(stage, 400)
    assert "zhao" in {one.chat for one in watch.alerts()}
    assert next(one.second for one in watch.alerts("zhao")) == 360


async def test_volunteers_of_the_same_building_go_first(stage: Stage) -> None:
    await role(stage, "xiaozhang", "vetted")
    await stage.database.transaction(
        lambda tx: people.change(tx, person(tx, "xiaozhang"), home=PlaceExpression("", "3"))
    )
    watch = Watch(stage)
    await say(stage, "王奶奶", "我摔了起不来")
    await pass_seconds(stage, 121)
    assert [one.chat for one in watch.alerts()][2:] == ["xiaozhang"]


async def test_whoever_is_in_danger_is_not_their_own_helper(stage: Stage) -> None:
    await role(stage, "wang", "duty")
    watch = Watch(stage)
    await say(stage, "王奶奶", "救命")
    await pass_seconds(stage, 400)
    assert not watch.alerts("wang") and watch.alerts("liujie")


async def test_violence_never_reaches_the_family_or_the_same_home(stage: Stage) -> None:
    for relative in ("zhao", "xiaoli"):
        await kin(stage, "wang", relative)
    await role(stage, "xiaozhang", "duty")
    await role(stage, "xiaozhang", "desk")
    home = PlaceExpression("", "3", "2", None, "501")
    await stage.database.transaction(lambda tx: people.change(tx, person(tx, "xiaozhang"), home=home))
    stage.clock.move(stage.clock.now() + timedelta(minutes=2))
    await stage.app.tick()
    watch = Watch(stage)
    await say(stage, "王奶奶", "老头子又动手打我")
    await pass_seconds(stage, 720)
    told = {one.chat for one in watch.attempts if "打我" in one.text or "急 " in one.text}
    assert told == {"liujie", "zhuren", "desk"}
    for account in ("xiaozhang", "xiaoli"):
        await stage.app.accept([button(stage, "hold:1:0", account, f"forged-{account}")])
        await stage.app.settle()
    assert (await found(stage)).status == "open"
    assert await stage.database.read(lambda tx: tx.all("SELECT 1 FROM ticket WHERE flow = 'mediation'")) == []


# ---------------------------------------------------------------- rights


@pytest.mark.parametrize("account", ["wang", "li", "xiaozhang"])
@pytest.mark.parametrize("verb", ["hold", "takeover", "there", "solved", "pass", "cause", "callfirst", "take", "over"])
async def test_who_has_no_right_changes_nothing(stage: Stage, account: str, verb: str) -> None:
    await say(stage, "王奶奶", "着火了")
    before = await found(stage)
    data = f"{verb}:1:{'false' if verb == 'cause' else 0}"
    await stage.app.accept([button(stage, data, account, f"{verb}-{account}")])
    await stage.app.settle()
    assert await found(stage) == before


@pytest.mark.parametrize(
    "data", ["hold:99:0", "hold:kffffffffffff:0", "hold:٣:0", "cause:1:nothing", "hold::", "athome:1:0"]
)
async def test_forged_buttons_change_nothing(stage: Stage, data: str) -> None:
    await say(stage, "王奶奶", "着火了")
    before = await found(stage)
    await stage.app.accept([button(stage, data, "liujie", "forged")])
    await stage.app.settle()
    assert await found(stage) == before


async def test_only_the_desk_or_the_holder_closes_it_with_a_cause(stage: Stage) -> None:
    await say(stage, "王奶奶", "着火了")
    await pass_seconds(stage, 130)
    await say(stage, "小李", "我来管", "解决了")
    assert (await found(stage)).status == "solved"
    await say(stage, "王奶奶", "没事了")
    assert (await found(stage)).status == "solved"
    await press(stage, "小李", "真的")
    closed = await found(stage)
    assert (closed.status, closed.cause) == ("closed", "real")
    ticket = await stage.database.read(lambda tx: tickets.get(tx, 1))
    assert (ticket.status, ticket.owner) == ("done", person_id := closed.holder) and person_id


async def test_no_matter_who_says_it_is_fine_people_go_on(stage: Stage) -> None:
    watch = Watch(stage)
    await say(stage, "王奶奶", "着火了", "没事了", "算了")
    await pass_seconds(stage, 125)
    assert len(watch.alerts()) == 3 and (await found(stage)).status == "open"


# ---------------------------------------------------------------- in hand


async def test_silence_within_a_tick_and_the_others_hear_why(stage: Stage) -> None:
    watch = Watch(stage)
    await say(stage, "王奶奶", "着火了")
    await pass_seconds(stage, 130)
    await say(stage, "小李", "我来管")
    said = len(watch.alerts())
    assert any("不用去了" in one.text for one in watch.attempts if one.chat == "liujie")
    await pass_seconds(stage, 600)
    assert len(watch.alerts()) == said


async def test_an_acknowledgement_without_arriving_lapses(stage: Stage) -> None:
    await say(stage, "王奶奶", "着火了")
    await press(stage, "刘姐", "我来管")
    watch = Watch(stage)
    await pass_seconds(stage, 899)
    assert not watch.alerts()
    await pass_seconds(stage, 2)
    assert watch.alerts()[0].chat == "xiaoli" and (await found(stage)).holder is None


async def test_talking_with_each_other_keeps_it_in_hand(stage: Stage) -> None:
    await say(stage, "王奶奶", "着火了")
    await press(stage, "刘姐", "我来管")
    watch = Watch(stage)
    await minutes(stage, 10)
    await say(stage, "刘姐", "人都出来没有")
    await pass_seconds(stage, 600)
    assert not watch.alerts()
    await pass_seconds(stage, 320)
    assert watch.alerts()


async def test_being_there_does_not_lapse_and_is_asked_about_in_daytime(stage: Stage) -> None:
    await say(stage, "王奶奶", "着火了")
    await press(stage, "刘姐", "我来管")
    await press(stage, "刘姐", "到了")
    watch = Watch(stage)
    await minutes(stage, 61)
    assert not watch.alerts() and any("怎么样了" in one.text for one in watch.attempts)


async def test_two_dangers_wait_and_the_word_asks_which(stage: Stage) -> None:
    await say(stage, "王奶奶", "着火了")
    await say(stage, "陈阿婆", "我心口疼")
    sent = await say(stage, "刘姐", "我来管")
    assert len(sent) == 1 and "哪一件" in sent[0]
    await press(stage, "刘姐", "2 号")
    assert [(await found(stage, n)).status for n in (1, 2)] == ["open", "held"]


async def test_a_reply_of_the_desk_takes_it_and_reaches_the_resident(stage: Stage) -> None:
    from bot.replay.script import Step

    await say(stage, "王奶奶", "着火了")
    sent = await stage.play(Step(0, "", "say", "刘姐", "服务台群", "先别坐电梯", 1))
    assert (await found(stage)).status == "held"
    assert any("王奶奶: 刘姐：先别坐电梯" in text for text in sent)


async def test_a_helper_who_gets_into_danger_has_an_incident_of_their_own(stage: Stage) -> None:
    await say(stage, "王奶奶", "着火了")
    await pass_seconds(stage, 130)
    await say(stage, "小李", "我来管", "到了")
    watch = Watch(stage)
    await say(stage, "小李", "我也被困住了,救命")
    assert [one.chat for one in watch.alerts()] == ["liujie"] and "被困" in watch.alerts()[0].text
    assert (await found(stage, 2)).status == "open" and (await found(stage)).status == "there"


async def test_a_neighbours_door_alerts_no_relatives_of_the_one_who_knocked(stage: Stage) -> None:
    await kin(stage, "wang", "zhao")
    await say(stage, "王奶奶", "对门敲门没人应")
    await press(stage, "王奶奶", "是的")
    watch = Watch(stage)
    await pass_seconds(stage, 1000)
    assert (await found(stage)).kind == "welfare" and watch.alerts() and not watch.alerts("zhao")


async def test_whatever_the_holder_says_reaches_the_one_in_danger(stage: Stage) -> None:
    await say(stage, "王奶奶", "着火了")
    await press(stage, "刘姐", "我来管")
    sent = await say(stage, "刘姐", "王奶奶您先别动,我打给您")
    assert len(sent) == 1 and sent[0].startswith("  -> 王奶奶: 刘姐")


async def test_a_later_danger_is_a_new_one_when_the_old_one_lies_in_hand(stage: Stage) -> None:
    await say(stage, "王奶奶", "着火了")
    await press(stage, "刘姐", "我来管")
    await press(stage, "刘姐", "到了")
    await minutes(stage, 31)
    watch = Watch(stage)
    await say(stage, "王奶奶", "又着火了")
    assert len(watch.alerts()) == 1 and (await found(stage, 2)).status == "open"


async def test_many_words_reach_the_holder_together(stage: Stage) -> None:
    await say(stage, "王奶奶", "我摔了起不来")
    await pass_seconds(stage, 130)
    await say(stage, "小李", "我来管")
    watch = Watch(stage)
    for number in range(20):
        await say(stage, "王奶奶", f"腿疼第{number}回")
    await pass_seconds(stage, 60)
    updates = [one.text for one in watch.attempts if one.chat == "xiaoli"]
    assert len(updates) <= 3 and "腿疼第19回" in updates[-1]


async def test_context_knows_that_somebody_is_in_danger(stage: Stage) -> None:
    event = line(stage, "着火了")
    assert not await stage.database.read(lambda tx: context_of(tx, stage.house, event.origin, stage.clock.now()).urgent)
    await say(stage, "王奶奶", "着火了")
    assert await stage.database.read(lambda tx: context_of(tx, stage.house, event.origin, stage.clock.now()).urgent)


async def test_the_desk_talking_of_danger_is_no_danger_but_its_cry_is(stage: Stage) -> None:
    watch = Watch(stage)
    await say(stage, "刘姐", "三号楼昨天着火了,快来人")
    assert not watch.alerts()
    await say(stage, "刘姐", "救命")
    assert [one.chat for one in watch.alerts()] == ["xiaoli"], "the next rung: nobody is their own helper"


# ---------------------------------------------------------------- weak signs


async def test_a_weak_sign_alerts_nobody_before_two_minutes(stage: Stage) -> None:
    watch = Watch(stage)
    await say(stage, "王奶奶", "屋里有股糊味")
    await pass_seconds(stage, 119)
    asked = [one.second for one in watch.attempts if one.chat == "wang"]
    assert asked == [0.0, 60.0] and {one.chat for one in watch.attempts} == {"wang"}
    await pass_seconds(stage, 2)
    private = {one.chat for one in watch.attempts if one.second >= 120} - {"desk"}
    assert private == {"wang", "liujie"}, "the duty person alone"


async def test_the_need_of_the_same_breath_goes_on_after_no(stage: Stage) -> None:
    await say(stage, "王奶奶", "屋里有股糊味,厨房水管也漏水了")
    sent = await say(stage, "王奶奶", "不是")
    assert any("漏水" in text for text in sent)
    assert await stage.database.read(lambda tx: incidents.newest(tx, 1)) == []


async def test_an_old_button_of_a_weak_sign_is_stale(stage: Stage) -> None:
    await say(stage, "王奶奶", "屋里有股糊味", "不是")
    sent = await press(stage, "王奶奶", "是的")
    assert sent and "已经办好" in sent[-1]


@pytest.mark.parametrize("word", ["是的", "不是"])
async def test_what_was_asked_after_a_weak_sign_gets_its_answer_and_the_sign_is_asked_about_again(
    word: str, stage: Stage
) -> None:
    """A form went on since: yes and no are for its question; the older one comes back and loses nothing."""
    await say(stage, "王奶奶", "厨房水管漏水了,屋里有股糊味")
    stage.clock.move(stage.clock.now() + timedelta(seconds=5))
    await say(stage, "王奶奶", "三号楼的灯不亮")
    stage.clock.move(stage.clock.now() + timedelta(seconds=5))
    before = await stage.database.read(lambda tx: [q.kind for q in dialogues.questions(tx, *_at(tx, "wang"))])
    watch = Watch(stage)
    await say(stage, "王奶奶", word)
    assert before == ["danger"] and not watch.alerts()
    await pass_seconds(stage, 1)
    assert watch.attempts[-1].text.startswith("我再问一句")
    await say(stage, "王奶奶", "是的")
    assert len(watch.alerts()) == 1 and "糊味" in watch.alerts()[0].text


async def test_a_weak_sign_asked_about_twice_is_not_forgotten_over_a_newer_question(stage: Stage) -> None:
    await say(stage, "王奶奶", "屋里有股糊味")
    await pass_seconds(stage, 61)
    await stage.database.transaction(lambda tx: dialogues.ask(tx, *_at(tx, "wang"), "fixed", None, stage.clock.now()))
    watch = Watch(stage)
    await say(stage, "王奶奶", "是的")
    assert not watch.alerts()
    await pass_seconds(stage, 61)
    assert any("要问一声" in one.text for one in watch.attempts if one.chat == "liujie")


async def test_a_bare_yes_for_a_newer_read_back_rings_no_alarm_even_after_the_doubt_came_again(stage: Stage) -> None:
    await say(stage, "王奶奶", "屋里有股糊味")
    stage.clock.move(stage.clock.now() + timedelta(seconds=20))
    await say(stage, "王奶奶", "三号楼的灯不亮")
    watch = Watch(stage)
    await pass_seconds(stage, 50)
    assert watch.attempts[-1].text.startswith("我再问一句")
    await say(stage, "王奶奶", "对")
    assert not watch.alerts()
    await pass_seconds(stage, 70)
    assert not watch.alerts()
    assert any("要问一声" in one.text for one in watch.attempts if one.chat == "liujie")


@pytest.mark.parametrize("words", ["算了", "不是,就是垃圾", "没有,就是厨房水管漏水"])
async def test_a_doubt_that_was_let_go_is_not_asked_again(words: str, stage: Stage) -> None:
    await say(stage, "王奶奶", "屋里有股糊味", words)
    watch = Watch(stage)
    await pass_seconds(stage, 150)
    assert not [one for one in watch.attempts if "我再问一句" in one.text or "要问一声" in one.text]


async def test_to_drop_the_subject_is_no_answer_of_somebody_in_despair(stage: Stage) -> None:
    await say(stage, "王奶奶", "活着没意思", "算了")
    watch = Watch(stage)
    await pass_seconds(stage, 150)
    assert any("要问一声" in one.text for one in watch.attempts if one.chat == "liujie")


# ---------------------------------------------------------------- drills, records, figures


async def test_a_weekly_drill_runs_by_itself_and_writes_the_next(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    object.__setattr__(stage, "house", stage.seed.settings.house())
    object.__setattr__(stage.house, "sections", {Danger: Danger(drill="tue 10:00")})
    await stage.open()
    watch = Watch(stage)
    await minutes(stage, 26 * 60)
    marked = [one for one in watch.attempts if "【演练】" in one.text]
    assert {one.chat for one in marked} == {"liujie", "xiaoli", "zhuren"}
    assert any("报告" in one.text and "没人应" in one.text for one in marked if one.chat == "zhuren")
    assert all("【演练】" in one.text for one in watch.attempts)
    at = await stage.database.read(lambda tx: tx.one("SELECT at FROM agenda WHERE key = 'drill'")["at"])
    assert datetime.fromtimestamp(at / 1000, stage.house.zone).strftime("%m-%d %H:%M") == "03-10 10:00"
    await stage.close()


@pytest.mark.parametrize(
    ("rule", "at"),
    [("", None), ("mon 10:00", "03-02 10:00"), ("mon 09:00", "03-09 09:00"), ("sun 00:05", "03-08 00:05")],
)
def test_when_the_next_weekly_drill_is(rule: str, at: str | None) -> None:
    now = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    found = drills.next_weekly(rule, now)
    assert (found.strftime("%m-%d %H:%M") if found else None) == at


async def test_the_record_names_every_step_with_time_and_actor(stage: Stage) -> None:
    await say(stage, "王奶奶", "着火了")
    await press(stage, "刘姐", "我来管")
    await press(stage, "刘姐", "到了")
    await press(stage, "刘姐", "解决了")
    await press(stage, "刘姐", "误报")
    watch = Watch(stage)
    sent = await say(stage, "张主任", "/incident 1 表")
    rows = list(csv.reader(watch.files[0].lstrip("\ufeff").splitlines()))
    assert [row[2] for row in rows[1:]] == ["open", "alert", "hold", "there", "solve", "close"]
    assert [row[1] for row in rows[1:]] == ["王奶奶", "机器", "刘姐", "刘姐", "刘姐", "刘姐"]
    assert await say(stage, "王奶奶", "/incident 1") != sent
    stats = (await say(stage, "张主任", "/stats"))[0]
    assert "危险 1 起" in stats and "误报 1/1" in stats


async def test_steps_rebuild_the_status(stage: Stage) -> None:
    await say(stage, "王奶奶", "着火了")
    await pass_seconds(stage, 130)
    await say(stage, "小李", "我来管", "去不了")
    await say(stage, "刘姐", "我来管", "到了", "解决了", "真的")
    incident, steps = await found(stage), await stage.database.read(lambda tx: incidents.steps(tx, 1))
    folded = Incident(1, "", "danger", "fire", "fire")
    for step in steps:
        if (folded.status, step.action) in LIFE:
            folded = evolve(folded, step.action)
    assert folded.status == incident.status == "closed"
    assert [step.action for step in steps if step.action in ("hold", "pass", "close")] == [
        "hold",
        "pass",
        "hold",
        "close",
    ]


@pytest.mark.parametrize("status", [*UNCLOSED, "closed"])
def test_what_has_no_row_cannot_happen(status: str) -> None:
    incident = Incident(1, "", "danger", "fire", "fire", status=status)
    allowed = {action for at, action in LIFE if at == status}
    for action in {action for _, action in LIFE} - allowed:
        with pytest.raises(NotNow):
            evolve(incident, action)
    assert ("close" in allowed) == (status != "closed") and ("hold" in allowed) == (status in LIVE)


# ---------------------------------------------------------------- groups, pranks, watchdog


DANGERS = (
    "着火了",
    "我心口疼",
    "屋里一股煤气味",
    "我被关在电梯里了",
    "我老伴走丢了",
    "有人撬我家门",
    "老头子又动手打我",
    "我不想活了",
    "公安局让我把钱转到安全账户",
    "救命",
    "敲门没人应",
)


async def test_nothing_personal_of_any_danger_reaches_a_group(stage: Stage) -> None:
    home = PlaceExpression("", "3", "2", None, CANARIES["room"])
    await stage.database.transaction(
        lambda tx: people.change(tx, person(tx, "wang"), name=CANARIES["name"], phone=CANARIES["phone"], home=home)
    )
    watch = Watch(stage)
    for number, words in enumerate(DANGERS):
        await say(stage, "王奶奶", f"{words},{CANARIES['words']}", CANARIES["words"])
        await say(stage, "刘姐", "我来管", group="服务台群")
        await press(stage, "刘姐", "解决了")
        await press(stage, "刘姐", "真的")
        stage.clock.move(stage.clock.now() + timedelta(minutes=1))
        await stage.app.tick()
        assert number or watch.alerts()
    groups = [one.text for one in watch.attempts if one.chat in ("desk", "volunteers")]
    private = "\n".join(one.text for one in watch.attempts if one.chat not in ("desk", "volunteers"))
    assert len(groups) >= len(DANGERS) and len(group_messages(stage)) > 0
    for kind in ("name", "phone", "room", "words"):
        assert CANARIES[kind] in private
        assert not [text for text in groups if CANARIES[kind] in text]


async def test_a_joker_is_called_first_and_alerted_all_the_same(stage: Stage) -> None:
    await say(stage, "王奶奶", "急")
    await say(stage, "刘姐", "我来管", "解决了", "误报")
    await say(stage, "王奶奶", "/verify 1")
    assert not await stage.database.read(lambda tx: incidents.is_cautioned(tx, person(tx, "wang")))
    await say(stage, "张主任", "/verify 1")
    stage.clock.move(stage.clock.now() + timedelta(minutes=2))
    await stage.app.tick()
    watch = Watch(stage)
    await say(stage, "王奶奶", "救命")
    await say(stage, "陈阿婆", "救命")
    own, other = watch.alerts()
    assert "先打电话核实" in own.text and "先打电话核实" not in other.text


async def test_relatives_may_take_it_in_hand_where_they_may_know(stage: Stage) -> None:
    await kin(stage, "wang", "zhao")
    await say(stage, "王奶奶", "我摔了起不来")
    incident = await found(stage)
    may = await stage.database.read(
        lambda tx: ladder.may_take(tx, stage.house, incident, people.get(tx, person(tx, "zhao")))
    )
    assert may
    assert not await stage.database.read(
        lambda tx: ladder.may_take(tx, stage.house, incident, people.get(tx, person(tx, "li")))
    )


async def test_a_bot_that_works_gives_a_sign_of_life_and_a_stuck_one_none(stage: Stage) -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text="ok")

    server = web.Application()
    server.router.add_get("/alive", answer)
    runner = web.AppRunner(server, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    stage.app._ticks.heartbeat = Heartbeat(Danger(heartbeat=f"http://127.0.0.1:{port}/alive"), stage.clock)
    for _ in range(3):
        await stage.app.tick()
        await stage.app._ticks.heartbeat._task  # type: ignore[misc]
        stage.clock.move(stage.clock.now() + timedelta(seconds=61))
    await stage.app.tick()
    await stage.app._ticks.heartbeat._task  # type: ignore[misc]
    await stage.app.tick()
    assert asked == ["/alive"] * 4, "once a minute"
    await runner.cleanup()
    stage.clock.move(stage.clock.now() + timedelta(seconds=61))
    await stage.app.tick()
    await stage.app._ticks.heartbeat._task  # type: ignore[misc]
    assert asked == ["/alive"] * 4, "a dead watchdog disturbs nothing"


def test_the_ladder_comes_from_the_settings() -> None:
    settings = config.whole()(
        danger={"ladder": [{"who": "manager", "minutes": 1.5}], "call_list": ["派出所 110"], "interval": 0.5}
    )
    danger = settings.house().of(Danger)
    assert danger.ladder == (Rung("manager", 1.5),) and danger.call_list == ("派出所 110",)
    assert rung_of(3, danger.ladder, danger.interval) == 0 and rung_of(4, danger.ladder, danger.interval) is None


async def test_the_questions_end_with_the_incident(stage: Stage) -> None:
    await say(stage, "李大爷", "我老伴走丢了")
    await say(stage, "刘姐", "我来管", "解决了", "真的")
    await say(stage, "李大爷", "五号楼楼道灯不亮")
    kinds = await stage.database.read(lambda tx: [q.kind for q in dialogues.questions(tx, *_at(tx, "li"))])
    assert "missing" not in kinds


def _at(tx: Transaction, account: str) -> tuple[int, int]:
    chat = people.chat_at(tx, "talk", account)
    assert chat is not None
    return chat.id, person(tx, account)


STATES = {
    "a stranger": (),
    "a form's question": (("新来的", "楼道灯不亮"),),
    "a read-back": (("新来的", "南门口的垃圾桶满了"),),
    "a person at the desk": (("新来的", "找人"), ("刘姐", "收到")),
    "a weak sign": (("新来的", "屋里有股糊味"),),
    "after a joke": (("新来的", "急"), ("刘姐", "我来管"), ("刘姐", "解决了"), ("刘姐", "误报")),
}


@pytest.mark.parametrize("words", ["急", "救命", "急！", "救命啊", "/急", "sos", "着火了"])
@pytest.mark.parametrize("state", STATES)
async def test_a_cry_works_in_any_state_and_from_anybody(state: str, words: str, stage: Stage) -> None:
    stage._titles["new"], stage._addresses["新来的"] = "新来的", "new"
    for who, text in STATES[state]:
        await say(stage, who, text)
        stage.clock.move(stage.clock.now() + timedelta(seconds=30))
    await stage.app.tick()
    watch = Watch(stage)
    await say(stage, "新来的", words)
    assert [one.chat for one in watch.alerts()] == ["liujie"]
    assert any(one.chat == "new" and "119" in one.text for one in watch.attempts)


async def test_a_cry_in_a_group_is_heard_and_answered_without_a_name(stage: Stage) -> None:
    watch = Watch(stage)
    await say(stage, "小张", "救命", group="志愿者群")
    assert [one.chat for one in watch.alerts()] == ["liujie"]
    public = [one.text for one in watch.attempts if one.chat == "volunteers"]
    assert public and "小张" not in "".join(public)
