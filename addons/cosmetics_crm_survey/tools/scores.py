"""What scores mean: plain Python, no database.

CSAT is asked from 1 to 5: satisfied is who gives 4 or 5. NPS is asked from 0 to 10: 9 and 10 promote, 0 to 6 detract.
"""

from statistics import fmean

CSAT, NPS = range(1, 6), range(11)
SATISFIED, PROMOTER, DETRACTOR = 4, 9, 6


def nps_value(score):
    """Return +100 for a promoter, -100 for a detractor, 0 between.

    The mean of these values is the NPS, whatever they are grouped by: a pivot that averages them is right in each cell and in each total.

    >>> [nps_value(score) for score in (0, 6, 7, 8, 9, 10)]
    [-100, -100, 0, 0, 100, 100]
    """
    _check(score, NPS)
    return 100 * ((score >= PROMOTER) - (score <= DETRACTOR))


def satisfied_value(score):
    """Return 100 for a satisfied member, else 0; the mean is the share of the satisfied in per cent.

    >>> [satisfied_value(score) for score in CSAT]
    [0, 0, 0, 100, 100]
    """
    _check(score, CSAT)
    return 100 * (score >= SATISFIED)


def nps(scores):
    """Return the NPS of scores: per cent of promoters less per cent of detractors, from -100 to 100; None without scores.

    >>> nps([10, 9, 8, 3]), nps([])
    (25.0, None)
    """
    return fmean(map(nps_value, scores)) if scores else None


def satisfaction(scores):
    """Return the per cent of satisfied members, None without scores.

    >>> satisfaction([5, 4, 2, 1]), satisfaction([])
    (50.0, None)
    """
    return fmean(map(satisfied_value, scores)) if scores else None


def is_low(csat, nps_score, csat_low, nps_low):
    """Return whether an answer needs somebody's attention: one of its scores is at or below its limit; None was not asked.

    >>> is_low(2, None, 2, 6), is_low(3, 6, 2, 6), is_low(3, 7, 2, 6), is_low(None, None, 2, 6), is_low(1, 0, 0, -1)
    (True, True, False, False, False)
    """
    return (csat is not None and csat <= csat_low) or (nps_score is not None and nps_score <= nps_low)


def _check(score, scale):
    if score not in scale:
        raise ValueError(f"{score} lies outside {scale.start} to {scale.stop - 1}")
