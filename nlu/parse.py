"""What an utterance means: the order of understanding.

What is heard earlier hides what would be heard later, so the order is the policy:

    text ─► clean ─► times, places, numbers, services
                        │
                        ▼
      1 signs of danger ─────── tier 1 ──────────────────────► emergency.* P0, nothing else
                        │  (tier 2: asked about, and understanding goes on)
                        ▼
      2 words for any moment    再说一遍 · 慢点 · 等一下 · 找人 · 算了 · 你是谁
                        ▼
      3 correction              不是十号,是四号 · 改成后天        (something was read back, or a form is open)
                        ▼
      4 the open question       yes/no (the whole utterance) · one of several · a rating · a number
                        ▼            but not where the words are plainly a need of their own
      5 needs                   cut at 还有 / 另外 / 顺便 ─► each part: as written, then misheard words put right
                        ▼            ─► phrases ─► which meaning wins (grammar/zh/ambiguity.toml) ─► slots
      6 nothing                 the form loop asks again; the second time a person helps

An early step hides a later one for good reasons. Danger comes first because a form must never swallow a cry for help.
The words for any moment come before the answer because 等一下 said to "which building?" is no building. A correction
comes before the answer because 不是,是四号楼 is more than a no. The answer comes before the needs because 理发 said to
"which service?" does not open another form; but a clear need that the question did not wait for (楼道灯也坏了, said to
"are you satisfied?") is heard as one.

Everything here is pure: the same words in the same context always mean the same. Words, forms and thresholds are data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from models.meaning import Context, Match, Parse, Question, Sign
from nlu.danger import alarms, signs, table, witnesses
from nlu.grammar import table as grammar
from nlu.meaning import answers, corrections, deciding, intents, needs, remainder, wordings
from nlu.meaning.scorer import scorer
from nlu.meaning.slots import thing
from nlu.meaning.vocabulary import asked
from nlu.words import heard
from nlu.words.normalize import clean
from nlu.words.things import category
from nlu.words.utterance import Said, hear

Needs = tuple[Match, ...]

_WORDED = {True: "dialog.confirm", False: "dialog.deny"}
_AFTERWARDS = ("dialog", "ticket", "profile", "chat")
"""Domains that speak of something said before: a correction is among them."""
_PAUSE = re.compile(r"\w[\W_]+\w|^/")
"""A line of several breaths, or a command."""
_SHORT = 24
"""Characters of a correction that nobody asked for."""
_AGREEING = frozenset(word[0].lower() for words in grammar("answers")["yesno"].values() for word in words)
"""Characters with which a bare yes or no begins."""
_BESIDE = 2
"""Characters beside a place, a time or a number that tell of no danger."""
_SIDE = ("dialog", "chat", "feedback", "checkin")
"""Domains that never take an answer's place."""


def parse(text: str, context: Context) -> Parse:
    """The meaning of an utterance in its context; never fails, whatever the text."""
    words = clean(text)
    spoken = words.partition(" ")[2] if words.startswith("/") else words
    if not spoken:
        return Parse(text, words, words=heard.find(words))
    said = hear(spoken, context)
    danger = _witnessed(said, signs.find(spoken))
    matches = _meaning(said, danger)
    return Parse(text, words, matches, _highest(matches), said.times, said.places, danger, heard.find(words))


def parse_line(text: str, context: Context) -> Parse:
    """What a line means, and beside it what its remainder would mean alone, behind words that say something by themselves."""
    found = parse(text, context)
    rest = remainder.of(found) if "behalf" in found.words or _PAUSE.search(found.clean) else ""
    if not rest:
        return found
    return replace(found, rest=parse(rest, replace(context, question=None) if remainder.denied(found) else context))


def _witnessed(said: Said, found: Sequence[Sign]) -> tuple[Sign, ...]:
    """The signs of danger as the rules and the scorer have them."""
    known = scorer()
    if known is None:
        return tuple(found)
    heard_of = [deciding.danger(known, said, words) for words in (said.text, *_told(said.text, found))]
    scores = max(heard_of, key=lambda one: one.danger)
    if not found and scores.danger < witnesses.LEAST:
        return ()
    emergencies = [intent for intent in scores.intents if intent.startswith("emergency.")]
    likely = max(emergencies, key=scores.of)
    danger = scores.danger if found or _may_tell(said, scores.danger) else 0.0
    scam = max(one.of("scam.consult") for one in heard_of)
    return witnesses.witnessed(found, danger, scores.urgencies["P0"], likely.partition(".")[2], said.text, scam)


def _told(text: str, found: Sequence[Sign]) -> set[str]:
    """The line up to the end of each explicit sign's clause, and without 又 before it: neither makes a danger less likely."""
    ends = [text.find(sign.text) + len(sign.text) for sign in found if sign.tier == 1 and sign.text in text]
    clauses = {text[: end + len(re.split(r"[,。;!?、]", text[end:])[0])] for end in ends}
    again = {witnesses.once(one) for one in (text, *clauses)} if ends else set()
    return clauses.union(again) - {text, text.rstrip(",。;!?、")}


def _may_tell(said: Said, danger: float) -> bool:
    """Whether words without any sign may tell of danger: not an answer, nor words that only hurry."""
    spans = [*(one.span for one in said.times), *(one.span for one in said.places), *(one.span for one in said.numbers)]
    covered = {at for begin, end in spans for at in range(begin, end)}
    if len(said.text) - len(covered) <= _BESIDE or _hurry().fullmatch(said.text):
        return False
    return danger >= witnesses.least(asked(said.context.question))


@cache
def _hurry() -> re.Pattern[str]:
    """Words that only wish for haste."""
    return re.compile(table("replies")["hurry"])


def _meaning(said: Said, danger: Sequence[Sign]) -> tuple[Match, ...]:
    if danger and alarms.explicit(danger):
        return tuple(alarm for alarm in alarms.find(said, danger) if not alarm.ask)
    found = needs.find(said)
    if any(not need.match.ask for need in found):
        danger = tuple(sign for sign in danger if sign.tier == 1 or sign.name != witnesses.SEEN)
    worded = wordings.find(said) if wordings.wordings() else None
    wanted = (worded,) if worded else tuple(need.match for need in found if not _is_reply(need.match, said))
    meant = next((some for step in _ORDER if (some := step(said, wanted))), wanted)
    if all(match.ask and match.intent.partition(".")[0] in _AFTERWARDS for match in meant):
        meant = _corrected_anyway(said) or meant
    return _beside(tuple(alarms.find(said, alarms.unexplained(said, danger, found))), meant) if danger else meant


def _is_reply(match: Match, said: Said) -> bool:
    """Whether it is only held to be some answer while a form is filled: the form reads answers itself."""
    context = said.context
    return context.flow is not None and (
        match.intent == "dialog.choice" or (match.ask and context.question is not None)
    )


def _beside(warnings: Needs, heard: Needs) -> Needs:
    """Warnings before what was heard: an explicit one replaces the same meaning, a weak one gives way to it."""
    known = {match.intent for match in heard}
    explicit = {warning.intent for warning in warnings if not warning.ask}
    first = (warning for warning in warnings if not warning.ask or warning.intent not in known)
    return (*first, *(match for match in heard if match.intent not in explicit))


def _anytime(said: Said, wanted: Needs) -> Needs:
    """Words that mean the same at any moment, when nothing else is wanted."""
    best = wanted[0] if wanted else None
    if best is None or best.ask or best.intent not in intents.anytime():
        return ()
    if best.intent == "dialog.repeat" and _agrees(said):
        return ()
    return () if best.intent == "dialog.stop" and _refuses(said) else (best,)


def _agrees(said: Said) -> bool:
    """嗯 said to a question with yes and no is a yes, not "what did you say?"."""
    question = said.context.question
    return question is not None and question.kind == "yesno" and answers.yes_no(said.text) is True


def _refuses(said: Said) -> bool:
    """不用了 to a question with yes and no says no; to the final read-back it stops everything."""
    question = said.context.question
    asked = question is not None and question.kind == "yesno" and question.slot != "confirm"
    return asked and answers.yes_no(said.text) is False


def _correction(said: Said, wanted: Needs) -> Needs:
    found = corrections.find(said) if said.context.read_back or said.context.flow else None
    return (found,) if found else ()


def _answer(said: Said, wanted: Needs) -> Needs:
    """The answer to the open question; a bare yes or no also where none is known to be open."""
    question = said.context.question
    if question is None:
        return _bare(said)
    if question.kind == "what":
        return _named_thing(said, wanted) or _bare(said)
    if question.kind in ("text", "person"):
        return ()
    key = answers.read(said.text, question)
    if key is None:
        return _bare(said)
    if question.kind == "rating" and not deciding.is_likely(said, "feedback.rate", "dialog.choice"):
        return ()
    return () if _is_need(said, question, wanted) else (_answered(said, question, key),)


def _bare(said: Said) -> Needs:
    """A yes or no and nothing else, whatever was asked."""
    if said.context.group and said.context.question is None:
        return ()
    begins = said.text.strip(" ,。!?")[:1].lower() in _AGREEING
    agreed = answers.yes_no(said.text, echo=False) if begins else None
    return () if agreed is None else (_dialog(said, _WORDED[agreed], 0.9),)


def _answered(said: Said, question: Question, key: str) -> Match:
    if question.kind == "rating":
        return _dialog(said, "feedback.rate", 0.95, rating=key)
    if question.kind == "yesno":
        no = key == "no" or (key != "yes" and key != next(iter(question.answers), key))
        return _dialog(said, _WORDED[not no], 0.95, choice=key)
    return _dialog(said, "dialog.choice", 0.95, choice=key)


def _is_need(said: Said, question: Question, wanted: Needs) -> bool:
    """Whether the words are plainly something else than an answer."""
    if question.kind == "yesno" or len(said.text) <= 4:
        return False
    return any(not match.ask and match.score > 0.9 and match.intent.split(".")[0] not in _SIDE for match in wanted)


def _named_thing(said: Said, wanted: Needs) -> Needs:
    """A thing alone, said to "what is wrong?"."""
    if wanted:
        return ()
    words = thing(said)
    kind = category(words) if words else None
    return (_dialog(said, "dialog.choice", 0.8, choice=kind, category=kind, object=str(words)),) if kind else ()


def _corrected_anyway(said: Said) -> Needs:
    """A correction where nothing is known to have been read back, and the line reads like one; a story is none."""
    found = corrections.find(said) if len(said.text) <= _SHORT and deciding.is_likely(said, "dialog.correct") else None
    return (found,) if found else ()


def _dialog(said: Said, intent: str, score: float, **slots: str) -> Match:
    return Match(intent, score, slots, text=said.text, urgency="P3")


def _highest(matches: Sequence[Match]) -> str | None:
    return min((match.urgency or "P3" for match in matches), default=None)


_ORDER: tuple[Callable[[Said, Needs], Needs], ...] = (_anytime, _correction, _answer)
