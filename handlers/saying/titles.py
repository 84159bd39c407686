"""What a ticket is called: in full for those who may know, coarsely for a group."""

from __future__ import annotations

from datetime import datetime

from handlers.clock import clock
from handlers.saying import slots, times
from handlers.settings import House
from models.cards import GroupCard, group_card
from models.meaning import PlaceExpression
from models.tickets import Ticket
from nlu.places import existing, reading


def category(house: House, key: str) -> str:
    """The display word of a category."""
    known = house.categories.get(key)
    return known.label if known else house.texts.get(f"category.{key}", house.texts["category.other"])


def broken(house: House, key: str, thing: str) -> str:
    """What is wrong with a thing: 「水管漏水」; without a thing, the category's own words."""
    label, known = category(house, key), house.categories.get(key)
    if known and thing in known.itself:
        return thing
    pattern = known.thing if known else ""
    if not thing or thing in label or not pattern:
        return label
    return pattern.format(thing=thing)


def spelled(place: PlaceExpression) -> str:
    """A place in plain words; empty when nothing is known."""
    return reading.spell(place) or place.text


def public(place: PlaceExpression) -> str:
    """The part of a place that everybody may know."""
    return f"{place.building}号楼" if place.building else (place.spot or "")


def title(house: House, ticket: Ticket) -> str:
    """What the one who is answered calls it; what they filed for somebody else says for whom."""
    who = ticket.slots.get("for") if ticket.life == "task" else None
    return house.texts["title.for"].format(who=who, title=plain(house, ticket)) if who else plain(house, ticket)


def whom(house: House, ticket: Ticket, name: str) -> str:
    """Whose it is, for those who go there: whoever it was filed for, and who filed it."""
    who = ticket.slots.get("for")
    return house.texts["behalf.whom"].format(who=who, name=name) if who else name


def plain(house: House, ticket: Ticket) -> str:
    """Place and thing, or as the flow words it."""
    flow = house.flows.get(ticket.flow)
    if flow is not None and flow.title:
        known = ticket.category != "other"
        what = broken(house, ticket.category, ticket.object) if known else house.texts["title.other"]
        return flow.title.format(**{**slots.named(flow, ticket.slots), "place": public(ticket.place), "what": what})
    thing = ticket.object if len(ticket.object) > 1 else category(house, ticket.category)
    return f"{public(ticket.place)}{thing}"


def group_line(house: House, ticket: Ticket) -> str:
    """Place and thing of a ticket as a group may read them: made from the same type as its card."""
    return _what(house, _card(house, ticket, None, 1, 0))


def group_text(house: House, ticket: Ticket, now: datetime, hands: int = 1, missing: int = 0) -> str:
    """The card of a ticket for a group: made from a type that holds no free text."""
    due = ticket.promised_at.astimezone(house.zone) if ticket.promised_at else None
    card = _card(house, ticket, due, hands, missing)
    return _lines(house, card, standing(house, now, due) if due and due > now else "")


def standing(house: House, now: datetime, at: datetime) -> str:
    """A moment on a card that is read on other days too: never 明天."""
    today = at.astimezone(house.zone).date() == now.astimezone(house.zone).date()
    return clock(now if today else None, at, house.zone)


def _card(house: House, ticket: Ticket, due: datetime | None, hands: int, missing: int) -> GroupCard:
    return group_card(
        ticket,
        frozenset(building.number for building in house.community.buildings),
        frozenset((*house.community.spots, *existing.areas())),
        due.hour * 60 + due.minute if due else None,
        hands,
        missing,
        times.wished(house, ticket),
    )


def _what(house: House, card: GroupCard) -> str:
    place = f"{card.building}号楼" if card.building else (card.spot or house.texts["card.somewhere"])
    when = times.spelled(card.when, None, house.zone) if card.when else ""
    return " · ".join(filter(None, (place, category(house, card.category), when)))


def card_key(ticket: Ticket, now: datetime) -> str:
    """The key of a card's last line: how the ticket stands."""
    ahead = ticket.promised_at is not None and ticket.promised_at > now
    return f"card.{ticket.status}" if ticket.status != "open" else ("card.open" if ahead else "card.late")


def _lines(house: House, card: GroupCard, until: str) -> str:
    lines = [
        house.texts[f"card.head.{'urgent' if card.urgency in ('P0', 'P1') else 'plain'}"].format(number=card.ticket),
        _what(house, card),
    ]
    if card.missing:
        lines.append(house.texts["hands.card"].format(hands=card.hands, missing=card.missing))
    if card.status == "open":
        lines.append(house.texts["card.open" if until else "card.late"].format(until=until, number=card.ticket))
    else:
        lines.append(house.texts[f"card.{card.status}"])
    return "\n".join(lines)


def public_known(house: House, place: PlaceExpression) -> str:
    """The public part of a place, only as far as the community's own lists have it."""
    if any(building.number == place.building for building in house.community.buildings):
        return f"{place.building}号楼"
    return place.spot if place.spot and place.spot in house.community.spots else ""
