"""Several real processes on one database: each with connections of its own, calling Odoo the way its server does."""

import multiprocessing
import time
import traceback
from contextlib import contextmanager

FORK = multiprocessing.get_context("fork")
PATIENCE = 120


def run_together(jobs):
    """Run every ``job(start)`` in a process of its own; return what they returned, in the same order.

    :param jobs: functions of one argument, a barrier they may wait at so that all begin at once
    :raises AssertionError: with the traceback, when one of them raised
    """
    from odoo import sql_db

    # A connection must never be used on both sides of a fork.
    sql_db.close_all()
    start = FORK.Barrier(len(jobs))
    answers = FORK.SimpleQueue()
    children = [FORK.Process(target=_run, args=(number, job, start, answers)) for number, job in enumerate(jobs)]
    for child in children:
        child.start()
    results = {}
    for _child in children:
        number, result, problem = answers.get()
        assert problem is None, problem
        results[number] = result
    for child in children:
        child.join(PATIENCE)
    return [results[number] for number in range(len(jobs))]


def _run(number, job, start, answers):
    try:
        answers.put((number, job(start), None))
    except BaseException:  # noqa: BLE001 - whatever it was, the test shall see it
        start.abort()
        answers.put((number, None, traceback.format_exc()))


@contextmanager
def transaction(database):
    """Yield an environment of the system in a transaction that is committed at the end."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    with Registry(database).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})


def call(database, uid, model, method, *args, **kwargs):
    """Call a public method as a user in a transaction of its own, with Odoo's own way to start over after a conflict.

    :return: (answer, None) or (None, the sentence the user is told)
    """
    from odoo.exceptions import UserError
    from odoo.modules.registry import Registry
    from odoo.service.model import execute_cr
    from psycopg2 import OperationalError

    with Registry(database).cursor() as cr:
        try:
            return execute_cr(cr, uid, model, method, list(args), kwargs), None
        except UserError as refusal:
            cr.rollback()
            return None, str(refusal)
        except OperationalError as conflict:
            # Odoo has tried five times; the server answers that the data changed meanwhile.
            cr.rollback()
            return None, f"conflict: {conflict}"


def call_again(database, uid, model, method, *args):
    """Call as above; who is told of a conflict tries again, as people do."""
    for _time in range(20):
        answer, refusal = call(database, uid, model, method, *args)
        if refusal is None or not refusal.startswith("conflict"):
            break
    return answer, refusal


def now():
    """Return seconds on a clock that all processes share."""
    return time.monotonic()
