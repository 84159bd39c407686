"""What a list changes: who is new, who is known, who moved, and what contradicts itself. Pure; nothing is written here.

Known is who has the same name and either the same telephone or the same door. Nobody is joined to somebody on the bot here:
a name and a door are what people say of themselves, and anybody can say them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.people.cells import Entry
from models.households import Door, Facts, Listed


@dataclass
class Plan:
    """The rows of a list, sorted by what they do."""

    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[Listed, Entry]] = field(default_factory=list)
    same: int = 0
    doubles: list[tuple[int, int]] = field(default_factory=list)
    """Rows that say again what an earlier row said: the later and the earlier number."""
    faults: list[str] = field(default_factory=list)
    """One line each; with one of them nothing is kept."""
    namesakes: list[tuple[Entry, Listed]] = field(default_factory=list)
    """New people with the name of somebody known behind another door: perhaps somebody who moved."""
    absent: int = 0
    """How many are known and not on this list; they stay."""

    @property
    def moved(self) -> list[tuple[Listed, Entry]]:
        """Those of ``changed`` who live behind another door now."""
        return [(known, entry) for known, entry in self.changed if known.facts.door != entry.facts.door]


def compare(entries: Sequence[Entry], known: Sequence[Listed], column: Mapping[str, str]) -> Plan:
    """Sort the rows; ``column`` is key → header, to name what contradicts itself."""
    plan = Plan()
    rows = _singled(entries, plan, column)
    _refuse_split_households(rows, plan, column)
    by_name: dict[str, list[Listed]] = defaultdict(list)
    for one in known:
        by_name[one.facts.name].append(one)
    met: dict[int, int] = {}
    for entry in rows:
        _sort(plan, entry, by_name[entry.facts.name], met, column)
    plan.absent = len(known) - len(met)
    return plan


def _same(one: Facts, other: Facts) -> bool:
    """Whether two facts of one name are one person's."""
    if one.phone and other.phone:
        return one.phone == other.phone
    return one.door == other.door


def _singled(entries: Iterable[Entry], plan: Plan, column: Mapping[str, str]) -> list[Entry]:
    """The rows without those that say again what an earlier one said."""
    earlier: dict[str, list[Entry]] = defaultdict(list)
    rows = []
    for entry in entries:
        before = next((one for one in earlier[entry.facts.name] if _same(one.facts, entry.facts)), None)
        if before is None:
            earlier[entry.facts.name].append(entry)
            rows.append(entry)
        elif problem := _contradiction(before, entry, column):
            plan.faults.append(problem)
        else:
            plan.doubles.append((entry.row, before.row))
    return rows


def _contradiction(before: Entry, entry: Entry, column: Mapping[str, str]) -> str | None:
    """What two rows of one person say differently."""
    if before.facts.door != entry.facts.door:
        where = column.get("room", column.get("address", "door"))
        return (
            f"row {entry.row}, {where}: row {before.row} has the same person behind another door ({before.facts.door})"
        )
    differing = [key for key, (old, _) in before.facts.changes(entry.facts).items() if old]
    if differing:
        header = column.get(differing[0], differing[0])
        return f"row {entry.row}, {header}: says something else than row {before.row} of the same person"
    if before.facts != entry.facts and not (before.facts.phone and entry.facts.phone):
        return (
            f"row {entry.row}, {column.get('phone', 'phone')}: two of one name behind one door (row {before.row});"
            " give each a telephone number, or leave one row"
        )
    return None


def _refuse_split_households(rows: Iterable[Entry], plan: Plan, column: Mapping[str, str]) -> None:
    first: dict[str, tuple[int, Door]] = {}
    for entry in rows:
        if not entry.household:
            continue
        row, door = first.setdefault(entry.household, (entry.row, entry.facts.door))
        if door != entry.facts.door:
            named = f"household {entry.household} is behind {door} in row {row} and behind {entry.facts.door} here"
            plan.faults.append(f"row {entry.row}, {column['household']}: {named}")


def _sort(
    plan: Plan, entry: Entry, namesakes: Sequence[Listed], met: dict[int, int], column: Mapping[str, str]
) -> None:
    found = [one for one in namesakes if _same(one.facts, entry.facts)]
    if len(found) > 1:
        behind = [one for one in found if one.facts.door == entry.facts.door]
        found = behind if len(behind) == 1 else found
    if len(found) > 1 or (found and found[0].id in met):
        plan.faults.append(
            f"row {entry.row}, {column.get('phone', 'phone')}: several of this name are known"
            f" ({', '.join(str(one.id) for one in found)}); give the telephone number"
        )
    elif not found:
        plan.new.append(entry)
        elsewhere = [(entry, one) for one in namesakes if one.facts.door != entry.facts.door]
        plan.namesakes += elsewhere[:1]
    else:
        met[found[0].id] = entry.row
        if found[0].facts.changes(entry.facts):
            plan.changed.append((found[0], entry))
        else:
            plan.same += 1
