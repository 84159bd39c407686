"""One vocabulary: the guide, Context and Questions speak of the same intents, roles, places and open questions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.meaning import Context, Question
from nlu.meaning.vocabulary import asked, place, question_of, vocabulary, voice
from tests.support.labelled import NOW

GUIDE = (Path(__file__).parents[2] / "docs" / "sentences.md").read_text(encoding="utf-8")


def spelled(text: str) -> set[str]:
    """The intents of a line such as ``booking.{create,change}``."""
    found = set[str]()
    for domain, actions in re.findall(r"`([a-z]+)\.\{?([a-z,]+)\}?`", text):
        found |= {f"{domain}.{action}" for action in actions.split(",")}
    return found


def test_the_guide_names_every_intent_and_no_other() -> None:
    assert spelled(GUIDE) == set(vocabulary().intents)


@pytest.mark.parametrize("kind", ["roles", "places", "questions", "categories", "urgencies"])
def test_the_guide_names_every(kind: str) -> None:
    missing = [
        one for one in getattr(vocabulary(), kind) if f"`{one}`" not in GUIDE and not re.search(rf"\b{one}\b", GUIDE)
    ]
    assert missing == []


def test_every_kind_of_question_is_asked_as_itself() -> None:
    assert [asked(question_of(kind)) for kind in vocabulary().questions] == list(vocabulary().questions)
    assert asked(None) == "-"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        (Question("object", "what"), "thing"),
        (Question("rating", "rating"), "rating"),
        (Question("confirm", "yesno"), "confirm"),
        (Question("risk", "yesno"), "yesno"),
        (Question("danger", "yesno"), "danger"),
        (Question("fixed", "yesno"), "fixed"),
        (Question("where", "place"), "place"),
        (Question("note", "text"), "text"),
    ],
)
def test_what_the_bot_asks_is_known(question: Question, kind: str) -> None:
    assert asked(question) == kind


def test_roles_and_places_of_a_context() -> None:
    assert {voice(role) for role in vocabulary().roles} <= set(vocabulary().roles)
    assert voice(Context(NOW).role) == "resident" and voice("any") == ""
    assert (place(Context(NOW)), place(Context(NOW, group=True))) == vocabulary().places
