import math

import pytest

from sartor.read.regimens import read_dosing

NAN = math.nan


@pytest.mark.parametrize(
    ("text", "dose", "interval", "days"),
    [
        ("100 mg, PO, MD OD (5 days)", 100, 24, 5),
        ("400/200 mg, PO, MD BID (2 days), with first dose as loading dose", 200, 12, 2),
        ("500 mg TID 6.5 days", 500, 8, 6.5),
        ("400 mg day 1 then 200 mg QD 7 days", 200, 24, 7),
        ("10/10/2010 mg, PO, QD/BID", 20, 12, NAN),
        ("150/150 mg, PO, QD/BID", 150, 12, NAN),
        ("2,5 / 5 mg, PO, MD: 2,5mg BID (2 days), 5mg BID (2 days), 5mg TID (10 days)", 5, 8, 14),
        ("first 10, then 75 mg, PO, MD OD (18 days 10 mg, then 18 days 75 mg)", 75, 24, 36),
        ("100, then escalated to 300 mg, PO, MD", 300, NAN, NAN),
        ("120 mg, PO, MD: BID for 2 weeks", 120, 12, 14),
        ("500 µg, PO, MD OD (14 days)", 0.5, 24, 14),
        ("20 g, PO", 20000, NAN, NAN),
        ("33mg day 1 and2, later 11mg mg, PO", 11, NAN, NAN),
        ("95 mg once daily", 95, 24, NAN),
        ("5 mg twice daily", 5, 12, NAN),
        ("20 mg at night", 20, 24, NAN),
        ("100 mg every 8 hours", 100, 8, NAN),
        ("1 tablet", NAN, NAN, NAN),
        ("", NAN, NAN, NAN),
    ],
)
def test_free_text(text, dose, interval, days):
    made = read_dosing(text)
    assert (made.dose_mg, made.interval_h, made.days) == pytest.approx((dose, interval, days), nan_ok=True)


def test_single_repeated_and_not_said():
    assert read_dosing("200 mg, PO, SD").repeated is False and read_dosing("200 mg, PO, SD").interval_h == 0
    assert read_dosing("200 mg, PO, MD").repeated is True
    assert read_dosing("200 mg, PO").repeated is None
    assert read_dosing("600 mg, IV, SD").intravenous and not read_dosing("600 mg, PO").intravenous
    assert read_dosing("100 mg, PO, SD on D3, BID on D4, SD on D5").interval_h == 12
