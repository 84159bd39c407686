"""What is answered to lines that waited through an outage: once in a chat, after a lead, behind what is new."""

from __future__ import annotations

import json
from collections.abc import Iterable

from models.outgoing import CLASSES
from storage.database import Transaction


def sum_up(tx: Transaction, ids: Iterable[int], chat: int, lead: str | None) -> None:
    """Of answers to lines that waited through an outage only the last ones are said, after a lead and behind what is new.

    ``lead`` None drops those to this chat; what goes elsewhere, cards and what is about danger stay as they are.
    """
    for number in ids:
        row = tx.one(
            "SELECT content FROM outbox WHERE id = ? AND chat = ? AND key IS NULL AND kind = 'answer' AND state = 'pending'",
            number,
            chat,
        )
        content = json.loads(row["content"]) if row else {}
        if row is None or "text" not in content:
            continue
        if lead is None:
            tx.run("DELETE FROM outbox WHERE id = ?", number)
            continue
        content["text"], lead = f"{lead}{content['text']}", ""
        tx.run(
            "UPDATE outbox SET content = ?, rank = ? WHERE id = ?",
            json.dumps(content, ensure_ascii=False),
            CLASSES.index("reminder"),
            number,
        )
