"""Official days off: shipped years, a community's own file, weekends beyond."""

from datetime import date

import pytest

from nlu.times import holidays


def test_the_shipped_years_know_days_off_and_working_weekends():
    known = holidays.shipped()
    assert not known.is_workday(date(2026, 10, 1))
    assert known.is_workday(date(2026, 10, 10))
    assert known.next_workday(date(2026, 10, 1)) == date(2026, 10, 8)


def test_beyond_the_last_year_weekends_count():
    known = holidays.shipped()
    assert known.last == 2026
    assert known.is_workday(date(2027, 10, 1))
    assert not known.is_workday(date(2027, 10, 2))


def test_a_communitys_file_adds_a_year_and_wins(tmp_path):
    (tmp_path / holidays.FILE).write_text('[2027]\noff = ["10-01"]\nwork = ["10-09"]\n[2026]\noff = []\n', "utf-8")
    known = holidays.with_own(tmp_path)
    assert known.last == 2027
    assert not known.is_workday(date(2027, 10, 1))
    assert known.is_workday(date(2027, 10, 9))
    assert known.is_workday(date(2026, 10, 1))


def test_a_day_that_cannot_be_is_named(tmp_path):
    (tmp_path / holidays.FILE).write_text('[2027]\noff = ["13-40"]\n', "utf-8")
    with pytest.raises(ValueError, match="2027-13-40"):
        holidays.with_own(tmp_path)
