"""When a suspected adverse reaction to cosmetics must be reported, and when to remind of it.

Law: 化妆品监督管理条例 art. 52 and 化妆品不良反应监测管理办法 (NMPA 2022 No. 16): sellers report on suspicion. Days are calendar days
of China, counted from the day after the seller got to know (Civil Code art. 201: the first day does not count); all dates here
are `datetime.date` of Asia/Shanghai.
"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

# Days from getting to know to the last day of reporting.
REPORT_DAYS = {"general": 30, "serious": 15, "social": 3}
REMIND_DAYS_BEFORE = 3
KEEP_YEARS = 3
# In this order; a reminder is never followed by a milder one.
STAGES = ("none", "soon", "due", "overdue")


def due_on(kind, aware_on):
    """Return the last day on which the case may be reported in time.

    >>> from datetime import date
    >>> due_on("general", date(2026, 11, 23)), due_on("serious", date(2026, 11, 23)), due_on("social", date(2026, 11, 23))
    (datetime.date(2026, 12, 23), datetime.date(2026, 12, 8), datetime.date(2026, 11, 26))
    >>> due_on("general", date(2028, 2, 1))  # across a leap day
    datetime.date(2028, 3, 2)
    """
    return aware_on + timedelta(days=REPORT_DAYS[kind])


def reminder_stage(due, today):
    """Return which reminder a case that is not yet reported has reached: one of `STAGES`.

    >>> from datetime import date
    >>> due = date(2026, 12, 23)
    >>> [reminder_stage(due, date(2026, 12, day)) for day in (19, 20, 22, 23, 24)]
    ['none', 'soon', 'soon', 'due', 'overdue']
    """
    days_left = (due - today).days
    if days_left < 0:
        return "overdue"
    if days_left == 0:
        return "due"
    return "soon" if days_left <= REMIND_DAYS_BEFORE else "none"


def is_next_stage(reached, reminded):
    """Tell whether the stage reached calls for a reminder that was not given yet.

    >>> is_next_stage("soon", None), is_next_stage("soon", "soon"), is_next_stage("overdue", "soon"), is_next_stage("none", None)
    (True, False, True, False)
    """
    return STAGES.index(reached) > STAGES.index(reminded or "none")


def keep_until(day):
    """Return the last day on which the record of a case must still be kept, three years from the day it was reported.

    >>> from datetime import date
    >>> keep_until(date(2026, 11, 23)), keep_until(date(2028, 2, 29))
    (datetime.date(2029, 11, 23), datetime.date(2031, 2, 28))
    """
    return day + relativedelta(years=KEEP_YEARS)
