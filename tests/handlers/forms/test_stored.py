"""A form that was stored before notes were kept beside the slots goes on."""

from __future__ import annotations

import json

from bot.replay.talk import Stage
from storage import dialogues
from tests.conftest import say


async def test_a_form_of_before_goes_on(stage: Stage) -> None:
    """What is a note now lay among the slots then; nothing else was different."""
    await say(stage, "赵叔", "约明天下午两点理发")

    def before(tx):
        row = tx.one("SELECT chat, person, state FROM dialogue")
        state = json.loads(row["state"])
        notes = {name: value for name, value in state.pop("notes").items() if value}
        state["slots"] |= notes
        tx.run("UPDATE dialogue SET state = ?", json.dumps(state))
        return notes, dialogues.get(tx, row["chat"], row["person"])

    notes, form = await stage.database.transaction(before)
    assert {"at", "when", "urgency"} <= set(notes) and not set(notes) & set(form.slots)
    assert {name: getattr(form.notes, name) for name in notes} == notes
    assert any("约好了" in line for line in await say(stage, "赵叔", "对"))
