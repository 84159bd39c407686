"""What the wing of bookings declares."""

from __future__ import annotations

from functools import partial

from handlers import questions
from handlers.bookings import calling_off, form, life, provider, provider_days, reading
from handlers.buttons import numbered
from handlers.questions import Kind, agreed
from handlers.rows import Command, Wing

WING = Wing(
    "bookings",
    after={"forms": "a booking is a form with openings instead of times"},
    buttons={
        **{verb: numbered(partial(provider.pressed, verb)) for verb in provider.ACTIONS},
        "book_cancel": numbered(calling_off.press_cancel),
        "book_move": numbered(form.press_move),
    },
    commands={
        "day": Command(provider_days.day, private=True, also=("今天有谁",)),
        "pause": Command(provider_days.pause, private=True, also=("停",)),
        "resume": Command(provider_days.resume, private=True, also=("恢复",)),
    },
    questions={
        "place": Kind(
            agreed(life.answer_offer),
            life.reads_offer,
            questions.open_fixed,
            buttons={"book_yes": "yes", "book_no": "no"},
        )
    },
    due={"booking.look": provider.look},
    withdraws={"appointment": calling_off.cancelled},
    behaviours={"booking": form},
    matters={"bookings": reading.mine},
    help=dict.fromkeys(("provider", "desk", "manager"), ("hint.day",)),
    stops={"bookings": calling_off.stopped},
    claims=("booking",),
)
