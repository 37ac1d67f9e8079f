"""One kind of work at two sizes, ten times apart: what each piece costs, how it grows, and whether it keeps its goal."""

from .. import databases
from ..progress import Step, say
from .side import fresh, once


def measure(title, database, fill, work):
    """Fill a database of its own and measure it once; return {what: [seconds, queries]}.

    :param fill: (script, settings) of `side.once` that makes the records; `work` measures, in a process that starts afterwards
    """
    with Step(title) as step:
        step.at("a fresh database")
        fresh(database, "suite")
        step.at("the records")
        once(database, *fill)
        step.at("the measurements")
        figures = once(database, *work)
    databases.drop(database)
    return figures


def judge(results, unit, goals, note):
    """Print a table of {size: figures}, the smaller one first, and what is missed; return the exit code.

    :param goals: {what: seconds at the larger size}
    :param note: a line about the larger size, with the names of its figures in braces
    """
    (small, less), (large, more) = results.items()
    say(f"\n{'':<14}{small:>12,} {unit}{large:>16,} {unit}{'growth':>10}{'queries':>10}")
    for what in goals:
        growth = more[what][0] / max(less[what][0], 0.0001)
        say(f"{what:<14}{less[what][0]:>{11 + len(unit)}.3f} s{more[what][0]:>{15 + len(unit)}.3f} s{growth:>9.1f}×{more[what][1]:>10}")
    say(note.format(**more))
    return verdict([f"{what}: {more[what][0]:.2f} s, at most {goal:g}" for what, goal in goals.items() if more[what][0] > goal])


def verdict(missed):
    """Print the goals that are missed; return the exit code."""
    for goal in missed:
        say(f"✗ missed: {goal}")
    if not missed:
        say("✓ every goal is reached")
    return 1 if missed else 0
