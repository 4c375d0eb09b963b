"""Holidays of the installation: an import adds and renames, a dry run only counts, and terms end by them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from shared.programmes import operations, queries, terms
from shared.programmes.holidays import HolidayRow
from shared.programmes.operations import HolidayImport
from shared.programmes.stages import Term

CHAKRI = HolidayRow(date(2020, 4, 6), "วันจักรี", "Chakri Memorial Day")
LABOUR = HolidayRow(date(2021, 5, 3), "ชดเชยวันแรงงาน", "Substitution for Labour Day")


def test_import_adds_renames_and_leaves_the_rest(session: Session) -> None:
    assert operations.load_holidays(session, [CHAKRI, LABOUR], dry_run=True) == HolidayImport(rows=2, new=2, changed=0, same=0)
    assert queries.holidays(session) == frozenset()
    assert operations.load_holidays(session, [CHAKRI, LABOUR]) == HolidayImport(rows=2, new=2, changed=0, same=0)
    renamed = HolidayRow(CHAKRI.day, CHAKRI.name_th, "Chakri Day")
    assert operations.load_holidays(session, [renamed]) == HolidayImport(rows=1, new=0, changed=1, same=0)
    assert operations.load_holidays(session, [renamed, LABOUR]) == HolidayImport(rows=2, new=0, changed=0, same=2)
    session.expire_all()
    assert [(one.day, one.name_en) for one in queries.holiday_list(session, 2020)] == [(CHAKRI.day, "Chakri Day")]
    assert [one.day for one in queries.holiday_list(session)] == [CHAKRI.day, LABOUR.day]


def test_term_ends_after_a_holiday_of_the_installation(session: Session) -> None:
    operations.load_holidays(session, [CHAKRI])
    since, zone = datetime(2020, 4, 3, 9, tzinfo=UTC), ZoneInfo("Asia/Bangkok")
    until = terms.ends(Term(days=1), since=since, zone=zone, holidays=queries.holidays(session))
    assert until.isoformat() == "2020-04-07T23:59:59+07:00"
