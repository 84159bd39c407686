"""The try page in a real browser: typing, pressing, recording, reloading, one phone at a time, keys alone."""

from __future__ import annotations

import io
import math
import random
import re
import struct
import wave
from array import array

import av
import pytest

from bot.channels import Message
from models.events import Picture, Press, VoiceNote
from models.outgoing import Button
from tests.support.browser import page_running, window

expect = pytest.importorskip("playwright.async_api", reason="Playwright is not installed: pip install .[dev]").expect
PHONE = "#phone-resident"


@pytest.fixture
async def world(tmp_path):
    async with page_running(tmp_path) as world:
        yield world


async def type_line(tab, text, phone=PHONE):
    await tab.fill(f"{phone} textarea", text)
    await tab.press(f"{phone} textarea", "Enter")


def bubble(tab, text, phone=PHONE):
    return tab.locator(f"{phone} .text", has_text=text).last


async def sizes(tab, selector):
    """Font size and height in pixels of everything visible that matches."""
    return await tab.eval_on_selector_all(
        selector,
        "all => all.filter(one => one.offsetParent).map(one => ({text: one.textContent.trim(), tag: one.tagName,"
        " size: parseFloat(getComputedStyle(one).fontSize), height: one.getBoundingClientRect().height}))",
    )


async def test_type_press_and_reload(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        await tab.get_by_role("button", name="试试说：厨房水管漏水了").click()
        await tab.press(f"{PHONE} textarea", "Enter")
        await bubble(tab, "听到：厨房水管漏水了").wait_for()
        assert await tab.input_value(f"{PHONE} textarea") == ""
        await tab.locator(PHONE).get_by_role("button", name="对", exact=True).click()
        await bubble(tab, "好的").wait_for()
        assert isinstance(world.events[-1], Press) and world.events[-1].data == "yes:1:1"
        assert await tab.locator(f"{PHONE} .form-press .text").inner_text() == "对"
        before = await tab.locator(f"{PHONE} .message").all_inner_texts()
        await tab.reload()
        await bubble(tab, "好的").wait_for()
        assert await tab.locator(f"{PHONE} .message").all_inner_texts() == before


async def test_text_stays_text(world):
    hostile = "<img src=x onerror=alert(1)><b>粗</b>"
    async with window() as tab:
        await tab.goto(world.page.url)
        await type_line(tab, hostile)
        await bubble(tab, f"听到：{hostile}").wait_for()
        assert await tab.locator(".text img, .text b").count() == 0
        await type_line(tab, "长" * 100_000)
        await bubble(tab, "听到：长").wait_for()
        assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_what_was_not_stored_stays_in_the_line(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        world.broken = True
        await type_line(tab, "电梯坏了")
        notice = tab.locator(f"{PHONE} .notice")
        await notice.get_by_text("没存上，请再发一次").wait_for()
        assert await tab.input_value(f"{PHONE} textarea") == "电梯坏了"
        assert await tab.locator(f"{PHONE} .message").count() == 0
        world.broken = False
        await tab.locator(PHONE).get_by_role("button", name="发送").click()
        await bubble(tab, "听到：电梯坏了").wait_for()
        assert await notice.is_hidden() and await tab.input_value(f"{PHONE} textarea") == ""


async def test_the_server_goes_away_and_comes_back(tmp_path):
    async with window() as tab:
        faults = tab.faults
        async with page_running(tmp_path) as first:
            port = first.page.port
            await tab.goto(first.page.url)
            await tab.fill(f"{PHONE} textarea", "还没发的话")
        trouble = tab.locator("#trouble")
        await trouble.get_by_text("连接断了").wait_for()
        await tab.press(f"{PHONE} textarea", "Enter")
        assert await tab.input_value(f"{PHONE} textarea") == "还没发的话"
        faults.clear()
        async with page_running(tmp_path, port):
            await trouble.wait_for(state="hidden")
            await tab.locator(f"{PHONE} .notice").wait_for(state="hidden")
            await tab.press(f"{PHONE} textarea", "Enter")
            await bubble(tab, "听到：还没发的话").wait_for()
        faults.clear()


async def test_the_clock_walks_through_what_falls_due(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        await expect(tab.locator("#now")).to_have_text("3月2日 周一 09:00")
        await tab.get_by_role("button", name="+10分钟").click()
        await expect(tab.locator("#now")).to_have_text("3月2日 周一 09:10")
        await tab.get_by_role("button", name="到明早9点").click()
        await expect(tab.locator("#now")).to_have_text("3月3日 周二 09:00")
        await bubble(tab, "早上好，王奶奶").wait_for()
        await tab.get_by_text("别的时间").click()
        await tab.get_by_label("走到什么时候").fill("2026-03-05T14:30")
        await tab.get_by_role("button", name="走", exact=True).click()
        await expect(tab.locator("#now")).to_have_text("3月5日 周四 14:30")


async def test_the_conversation_is_saved(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        await type_line(tab, "楼道灯不亮")
        await bubble(tab, "听到：楼道灯不亮").wait_for()
        async with tab.expect_download() as download:
            await tab.get_by_label("更多").click()
            await tab.get_by_role("button", name="把这段对话存成测试").click()
        file = await (await download.value).path()
        assert file.read_text(encoding="utf-8") == "== 2026-03-02 09:00\n王奶奶 > 楼道灯不亮\n"
        await tab.get_by_text("存好了").wait_for()


async def test_answering_a_message(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        card = await world.page.send("g-vol", Message("【37】水管 3 号楼"))
        middle = tab.locator("#phone-volunteer")
        await middle.get_by_text("【37】水管").click()
        await middle.get_by_role("button", name="回复", exact=True).click()
        await middle.get_by_text("回复 邻声：【37】水管 3 号楼").wait_for()
        await tab.keyboard.type("我去")
        await tab.keyboard.press("Enter")
        await bubble(tab, "我去", "#phone-volunteer").wait_for()
        event = (await world.until(1))[0]
        assert (event.text, event.origin.reply_to, event.origin.chat) == ("我去", card, "g-vol")
        await middle.locator(".replying").wait_for(state="hidden")


async def test_other_people_and_other_chats_show_that_something_came(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        await tab.locator(f"{PHONE} .introduction").wait_for()
        await world.page.send("c-zhang", Message("张爷爷，药买到了"))
        await world.page.send("c-li", Message("暗语：桂花"))
        await tab.get_by_role("button", name="张爷爷 1 条新消息").click()
        await bubble(tab, "张爷爷，药买到了").wait_for()
        middle = tab.locator("#phone-volunteer")
        assert await middle.get_by_text("暗语：桂花").count() == 0
        await middle.get_by_role("button", name="和邻声私聊").click()
        await middle.get_by_text("暗语：桂花").wait_for()
        await middle.get_by_role("combobox").select_option(label="陈姐")
        assert await middle.get_by_text("暗语：桂花").count() == 0
        await tab.reload()
        await bubble(tab, "张爷爷，药买到了").wait_for()


async def test_a_draft_belongs_to_its_writer(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        await tab.fill(f"{PHONE} textarea", "写到一半")
        await tab.locator(f"{PHONE} select").select_option(label="张爷爷")
        assert await tab.input_value(f"{PHONE} textarea") == ""
        await tab.locator(f"{PHONE} select").select_option(label="王奶奶")
        assert await tab.input_value(f"{PHONE} textarea") == "写到一半"


async def test_a_picture_is_sent_and_shown(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        photo = await tab.screenshot(type="png")
        field = f"{PHONE} .photo input"
        await tab.set_input_files(field, {"name": "漏水.png", "mimeType": "image/png", "buffer": photo})
        image = tab.locator(f"{PHONE} .bubble img")
        await image.wait_for()
        await expect(image).to_have_js_property("naturalWidth", 1280)
        assert isinstance((await world.until(1))[0], Picture)
        await tab.set_input_files(field, {"name": "a.png", "mimeType": "image/png", "buffer": b"text"})
        await tab.get_by_text("这个不是图片").wait_for()


async def test_at_360_pixels_the_phones_become_tabs(world):
    async with window(360, 740, has_touch=True) as tab:
        await tab.goto(world.page.url)
        await type_line(tab, "厨房水管漏水了，地上全是水，怎么办才好")
        await bubble(tab, "听到：").wait_for()
        assert await tab.evaluate("document.documentElement.scrollWidth") == 360
        assert await tab.locator(".phone:visible").count() == 1
        await world.page.send("g-vol", Message("【37】水管 3 号楼", ((Button("我来", "claim:37:1"),),)))
        await expect(tab.get_by_role("tab", name="志愿者")).to_have_text("志愿者\n1", use_inner_text=True)
        await tab.get_by_role("tab", name="志愿者").tap()
        await tab.locator("#phone-volunteer").get_by_role("button", name="我来").tap()
        await bubble(tab, "好的", "#phone-volunteer").wait_for()
        await expect(tab.get_by_role("tab", name="志愿者")).to_have_text("志愿者", use_inner_text=True)
        await tab.get_by_role("button", name="拨时间").tap()
        await tab.get_by_role("button", name="+1小时").tap()
        await expect(tab.locator("#now")).to_have_text("3月2日 周一 10:00")
        assert await tab.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("width", [360, 1280])
async def test_type_and_buttons_are_large(world, width):
    async with window(width, 800) as tab:
        await tab.goto(world.page.url)
        await type_line(tab, "灯坏了")
        await bubble(tab, "听到：灯坏了").wait_for()
        if width == 360:
            await tab.click("#wind")
        everything = await sizes(tab, "body *:not(script, svg, svg *, option)")
        assert [one for one in everything if one["text"] and one["size"] < 18] == []
        resident = await sizes(tab, f"{PHONE} .text, {PHONE} .buttons button, {PHONE} .menu button, {PHONE} textarea")
        assert len(resident) >= 10 and all(one["size"] >= 22 for one in resident)
        buttons = await sizes(tab, "button, select, summary, textarea, .photo")
        assert len(buttons) > 12 and [one for one in buttons if one["height"] < 48] == []


async def test_a_larger_font_setting_makes_everything_larger(world):
    async with window(360, 740) as tab:
        await tab.goto(world.page.url)
        small = (await sizes(tab, f"{PHONE} .record"))[0]["size"]
        await tab.evaluate("document.documentElement.style.fontSize = '225%'")
        assert (await sizes(tab, f"{PHONE} .record"))[0]["size"] > small * 1.7
        assert await tab.evaluate("document.documentElement.scrollWidth") == 360
        await tab.locator(f"{PHONE} .record").scroll_into_view_if_needed()
        tops = [one["height"] for one in await sizes(tab, f"{PHONE} .log, {PHONE} .record, {PHONE} textarea")]
        assert min(tops) >= 48 and (await tab.locator(f"{PHONE} .record").bounding_box())["y"] < 740
        await type_line(tab, "字大了")
        await bubble(tab, "听到：字大了").wait_for()


async def test_keys_alone_are_enough(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        await tab.locator(f"{PHONE} .introduction").wait_for()
        await tab.focus(f"{PHONE} textarea")
        await tab.keyboard.type("水管漏水")
        await tab.keyboard.press("Enter")
        await bubble(tab, "听到：水管漏水").wait_for()
        await tab.keyboard.press("ArrowUp")
        assert await tab.evaluate("document.activeElement.classList.contains('message')")
        assert await tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        await tab.keyboard.press("Tab")
        assert await tab.evaluate("document.activeElement.textContent") == "对"
        await tab.keyboard.press("Enter")
        await bubble(tab, "好的").wait_for()
        await tab.keyboard.press("Enter")
        await tab.keyboard.press("Enter")
        assert await tab.evaluate("document.activeElement.tagName") == "TEXTAREA"
        await tab.get_by_text("回复 邻声：好的").wait_for()
        await tab.keyboard.press("Escape")
        await tab.keyboard.press("ArrowRight")
        assert await tab.evaluate("document.activeElement.closest('.phone').id") == "phone-volunteer"
        await tab.keyboard.type("在")
        await tab.keyboard.press("ArrowLeft")
        assert await tab.evaluate("document.activeElement.closest('.phone').id") == "phone-volunteer"
        await tab.keyboard.press("Enter")
        await bubble(tab, "听到：在", "#phone-volunteer").wait_for()
        assert [event.origin.chat for event in world.events] == ["c-wang", "c-wang", "g-vol"]


async def test_every_control_has_a_name_and_new_messages_are_announced(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        await type_line(tab, "灯坏了")
        await bubble(tab, "听到：灯坏了").wait_for()
        nameless = await tab.evaluate(
            "[...document.querySelectorAll('button, select, textarea, input')].filter(one => one.offsetParent &&"
            " !(one.ariaLabel || one.textContent.trim() || one.labels?.length)).map(one => one.outerHTML)"
        )
        assert nameless == []
        logs = tab.get_by_role("log")
        assert await logs.count() == 3
        for log in await logs.all():
            await expect(log).to_have_attribute("aria-live", "polite")


RED = "【急】人不舒服打 120，着火打 119，有坏人打 110。\n" + "先坐下，把门打开一条缝，让人好进来。\n" * 12


async def in_view(tab, text):
    """Whether the top of the message with that text can be seen in its pane."""
    return await tab.locator(f"{PHONE} .message", has_text=text).last.evaluate(
        "one => { const log = one.closest('.log').getBoundingClientRect(), top = one.getBoundingClientRect().top;"
        " return top >= log.top && top < log.bottom - 40; }"
    )


@pytest.mark.parametrize("kind", ["emergency", "answer"])
@pytest.mark.parametrize("size", [(360, 740), (1024, 768)])
async def test_a_message_taller_than_the_pane_shows_its_top(world, kind, size):
    async with window(*size) as tab:
        await tab.goto(world.page.url)
        for number in range(8):
            await world.page.send("c-wang", Message(f"早先的话 {number}"))
        await world.page.send("c-wang", Message(RED, kind=kind))
        await bubble(tab, "人不舒服打 120").wait_for()
        assert await in_view(tab, "人不舒服打 120")


async def test_an_emergency_stays_in_view_until_its_reader_speaks(world):
    async with window(360, 740) as tab:
        await tab.goto(world.page.url)
        await world.page.send("c-wang", Message(RED, kind="emergency"))
        await world.page.send("c-wang", Message("还在找社区的人"))
        await bubble(tab, "还在找社区的人").wait_for(state="attached")
        assert await in_view(tab, "人不舒服打 120")
        await tab.locator(PHONE).get_by_role("button", name="看新消息").click()
        await expect(bubble(tab, "还在找社区的人")).to_be_in_viewport()
        await type_line(tab, "我在家")
        await expect(bubble(tab, "听到：我在家")).to_be_in_viewport()


@pytest.mark.parametrize("size", [(360, 740), (1024, 768)])
async def test_half_of_a_small_window_is_conversation(world, size):
    world.time = world.time.replace(month=12, day=31)
    async with window(*size, has_touch=True) as tab:
        await tab.goto(world.page.url)
        pane = tab.locator(f"{PHONE} .log")
        await pane.wait_for()
        assert await pane.evaluate("one => one.clientHeight") >= size[1] / 2
        await type_line(tab, "想理发")
        await bubble(tab, "听到：").wait_for()
        await expect(tab.locator(PHONE)).to_have_class(re.compile("asking"))
        assert await pane.evaluate("one => one.clientHeight") >= size[1] / 2
        rows = await tab.locator(f"{PHONE} .menu button").evaluate_all(
            "all => new Set(all.map(one => one.getBoundingClientRect().top)).size"
        )
        assert rows == 1


async def test_urgent_is_red_alone_and_apart(world):
    async with window(360, 740) as tab:
        await tab.goto(world.page.url)
        urgent, others = tab.locator(f"{PHONE} .urgent-now"), tab.locator(f"{PHONE} .words button")
        await expect(urgent).to_have_text("急")
        await expect(urgent).to_have_css("background-color", "rgb(166, 27, 19)")
        place = await urgent.bounding_box()
        rights = [box["x"] + box["width"] for box in [await one.bounding_box() for one in await others.all()]]
        assert place["x"] - max(rights) >= 14
        assert "急" not in await others.all_inner_texts()


async def test_at_night_it_says_so_and_the_steps_tick_themselves_off(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        await expect(tab.locator("#steps [aria-current]")).to_contain_text("厨房水管漏水了")
        await expect(tab.locator("#night")).to_be_hidden()
        await type_line(tab, "对")
        await expect(tab.locator("#steps [aria-current]")).to_contain_text("我去")
        await tab.get_by_role("button", name="+1小时").click()
        await expect(tab.locator("#guide-open")).to_have_text("步骤 2/4")
        await tab.click("#guide-open")
        await expect(tab.locator("#steps li", has_text="今天的情况")).to_be_visible()
        world.time = world.time.replace(hour=21)
        await expect(tab.locator("#night")).to_have_text("现在是夜里，明早 8 点再问")


async def test_a_draft_outlives_a_reload(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        await tab.fill(f"{PHONE} textarea", "写到一半")
        await tab.reload()
        await expect(tab.locator(f"{PHONE} textarea")).to_have_value("写到一半")


async def test_only_the_newest_buttons_take_the_tab_key(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        for number in range(3):
            await world.page.send("c-wang", Message(f"问 {number}", ((Button("好", f"ok:{number}:1"),),)))
        await bubble(tab, "问 2").wait_for()
        buttons = tab.locator(f"{PHONE} .buttons button")
        assert await buttons.evaluate_all("all => all.map(one => one.tabIndex)") == [-1, -1, 0]
        await tab.locator(f"{PHONE} .message").first.focus()
        await tab.keyboard.press("Tab")
        assert await tab.evaluate("document.activeElement.dataset.data") == "ok:0:1"


async def test_high_contrast_keeps_edges(world):
    async with window(forced_colors="active") as tab:
        await tab.goto(world.page.url)
        await tab.locator(f"{PHONE} .introduction").wait_for()
        flat = await tab.eval_on_selector_all(
            "button, summary, .photo",
            "all => all.filter(one => one.offsetParent && parseFloat(getComputedStyle(one).borderTopWidth) < 2)"
            ".map(one => one.outerHTML)",
        )
        assert flat == []
        chosen = tab.locator("#phone-volunteer .chats [aria-pressed=true]")
        other = tab.locator("#phone-volunteer .chats [aria-pressed=false]")
        colour = "one => getComputedStyle(one).backgroundColor"
        assert await chosen.evaluate(colour) != await other.evaluate(colour)


async def test_no_motion_where_none_is_wanted(world):
    async with window(reduced_motion="reduce") as tab:
        await tab.goto(world.page.url)
        button = tab.locator(f"{PHONE} .introduction button")
        assert await button.evaluate("one => getComputedStyle(one).transitionProperty") == "none"


def speech(folder):
    """A second and a half of something like a voice: a gliding buzz in syllables, 48 kHz mono; None of it repeats."""
    rate, chance = 48_000, random.Random(7)
    file, phase, samples = folder / "mic.wav", 0.0, bytearray()
    for index in range(rate * 6):
        second = index / rate
        phase += 2 * math.pi * (140 + 30 * math.sin(3 * second)) / rate
        syllable = max(0.0, math.sin(2 * math.pi * 3.1 * second))
        buzz = sum(math.sin(number * phase) / number for number in range(1, 9))
        samples += struct.pack("<h", int(9000 * syllable * buzz * 0.6 + chance.uniform(-40, 40)))
    with wave.open(str(file), "wb") as sink:
        sink.setnchannels(1)
        sink.setsampwidth(2)
        sink.setframerate(rate)
        sink.writeframes(bytes(samples))
    return file


def microphone(folder):
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    return [*fake, f"--use-file-for-fake-audio-capture={speech(folder)}"]


def loudest(sound):
    """Seconds and the loudest sample of a webm recording."""
    seconds, peak, resampler = 0.0, 0.0, av.AudioResampler("s16", "mono", 16_000)
    with av.open(io.BytesIO(sound), format="matroska") as container:
        for frame in container.decode(audio=0):
            seconds += frame.samples / frame.sample_rate
            for part in resampler.resample(frame):
                samples = array("h", bytes(part.planes[0])[: part.samples * 2])
                peak = max(peak, max(map(abs, samples), default=0) / 32768)
    return seconds, peak


async def recorded(world, tmp_path, count):
    note = (await world.until(count))[-1]
    assert isinstance(note, VoiceNote) and note.origin.account == "wang"
    seconds, peak = loudest((tmp_path / "spool" / note.file).read_bytes())
    assert seconds > 0.8 and peak > 0.02 and abs(seconds - note.seconds) < 0.5


async def speak(tab):
    """Wait until a second has been recorded and the meter has moved."""
    panel = tab.locator(f"{PHONE} .recording")
    await expect(panel.locator(".seconds")).to_have_text(re.compile("^[1-9][0-9]* 秒"))
    await expect(panel).to_have_attribute("data-loud", re.compile(r"^(0\.[4-9]|1)"))


async def test_tap_to_record_and_tap_to_send(world, tmp_path):
    async with window(360, 740, microphone(tmp_path), has_touch=True, permissions=["microphone"]) as tab:
        await tab.goto(world.page.url)
        button = tab.locator(f"{PHONE} .record")
        await button.tap()
        await button.get_by_text("说完了，发送").wait_for()
        await speak(tab)
        assert await tab.evaluate("document.documentElement.scrollWidth") == 360
        await button.tap()
        await bubble(tab, "收到VoiceNote").wait_for()
        await recorded(world, tmp_path, 1)
        await world.page.heard("c-wang", world.events[0].origin.key, "楼道灯不亮")
        await bubble(tab, "听到：楼道灯不亮").wait_for()
        await tab.evaluate("HTMLMediaElement.prototype.play = async function () { window.played = this.src; }")
        await tab.locator(PHONE).get_by_role("button", name="再听一遍").tap()
        assert (await tab.evaluate("window.played")).startswith("blob:")
        await tab.locator(PHONE).get_by_role("button", name="听错了，改").tap()
        field = tab.locator(f"{PHONE} textarea")
        await expect(field).to_have_value("楼道灯不亮")
        await field.press("Escape")
        await expect(field).to_have_value("")
        await tab.locator(PHONE).get_by_role("button", name="听错了，改").tap()
        await field.fill("楼道等不亮了")
        await field.press("Enter")
        await bubble(tab, "改成：楼道等不亮了").wait_for()
        assert world.events[-1].amends and await field.input_value() == ""
        await expect(tab.locator(f"{PHONE} .mine")).to_have_count(1)
        await tab.locator(PHONE).get_by_role("button", name="报修", exact=True).tap()
        await bubble(tab, "报修").first.wait_for()
        await expect(tab.locator(PHONE).get_by_role("button", name="听错了，改")).to_have_count(0)
        assert await tab.locator(f"{PHONE} .recording").is_hidden() and await button.inner_text() == "说话"


async def test_hold_to_record_and_let_go_to_send(world, tmp_path):
    async with window(1280, 800, microphone(tmp_path), permissions=["microphone"]) as tab:
        await tab.goto(world.page.url)
        await tab.hover(f"{PHONE} .record")
        await tab.mouse.down()
        await tab.locator(PHONE).get_by_text("松开就发送").wait_for()
        await speak(tab)
        await tab.mouse.up()
        await bubble(tab, "收到VoiceNote").wait_for()
        await recorded(world, tmp_path, 1)


async def test_record_by_keyboard_cancel_and_send_again_what_was_not_stored(world, tmp_path):
    async with window(1280, 800, microphone(tmp_path), permissions=["microphone"]) as tab:
        await tab.goto(world.page.url)
        await tab.focus(f"{PHONE} .record")
        await tab.locator(f"{PHONE} .record").evaluate("one => { one.click(); one.click(); }")
        await speak(tab)
        await tab.keyboard.press("Escape")
        await tab.locator(f"{PHONE} .recording").wait_for(state="hidden")
        assert world.events == []
        world.broken = True
        await tab.keyboard.press("Enter")
        await speak(tab)
        await tab.keyboard.press("Enter")
        await tab.locator(PHONE).get_by_text("没存上，请再发一次").wait_for()
        world.broken = False
        await tab.locator(PHONE).get_by_role("button", name="再发一次").click()
        await bubble(tab, "收到VoiceNote").wait_for()
        await recorded(world, tmp_path, 1)


async def test_without_a_microphone_it_says_so(world):
    async with window() as tab:
        await tab.goto(world.page.url)
        await tab.click(f"{PHONE} .record")
        await tab.locator(f"{PHONE} .notice").get_by_text("请打字").or_(tab.get_by_text("或者打字")).first.wait_for()
        assert await tab.locator(f"{PHONE} .recording").is_hidden()
