"""Several processes import overlapping files at once, and one is killed in the middle: no order is lost, none is there twice."""

import os
import signal
from functools import partial

from imports import new_import, orders_of, run
from processes import FORK, run_together, transaction

PROCESSES = 4
SHARE = 60
OVERLAP = 30
KILLED = 200
PATIENCE = 120


def test_four_processes_import_overlapping_files_and_nothing_is_lost_or_double(database, clerk, channel, record_property):
    starts = [number * (SHARE - OVERLAP) for number in range(PROCESSES)]
    shares = [[f"N{number:05d}" for number in range(first, first + SHARE)] for first in starts]
    records = [new_import(database, clerk, channel, share) for share in shares]
    states = run_together([partial(run, database, clerk, record) for record in records])
    wanted = sorted({number for share in shares for number in share})
    assert states == ["done"] * PROCESSES
    assert orders_of(database, channel) == wanted, "each order once"
    with transaction(database) as env:
        found = env["cosmetics.order.import"].browse(records)
        assert sum(found.mapped("new_count")) + sum(found.mapped("update_count")) + sum(found.mapped("same_count")) == PROCESSES * SHARE
        assert found.mapped("bad_count") == [0] * PROCESSES
        assert all(found.mapped("is_balanced"))
    record_property("note", f"order import: {PROCESSES} processes, {PROCESSES * SHARE} rows of {len(wanted)} orders, lost 0, double 0")


def announce(database, clerk, record, progress):
    """Run an import and tell after each lot; somebody kills this process meanwhile."""
    from odoo import api
    from odoo.modules.registry import Registry

    with Registry(database).cursor() as cr:
        own = api.Environment(cr, clerk, {})["cosmetics.order.import"].browse(record)
        model = type(own)
        chunk = model._run_chunk

        def tell(self, lines):
            over = chunk(self, lines)
            progress.put(over)
            return over

        model._run_chunk = tell
        own._run_to_end(KILLED)


def test_import_killed_in_the_middle_goes_on(database, clerk, channel):
    """kill -9 takes the process after its second lot, whose transaction may be open: what was committed stays, the rest follows."""
    from odoo import sql_db

    numbers = [f"K{number:05d}" for number in range(KILLED)]
    record = new_import(database, clerk, channel, numbers)
    sql_db.close_all()
    progress = FORK.SimpleQueue()
    victim = FORK.Process(target=announce, args=(database, clerk, record, progress))
    victim.start()
    assert progress.get() and progress.get()
    os.kill(victim.pid, signal.SIGKILL)
    victim.join(PATIENCE)
    assert victim.exitcode == -signal.SIGKILL
    there = orders_of(database, channel)
    assert 0 < len(there) < KILLED, "it was killed in the middle"
    assert run(database, clerk, record) == "done"
    assert orders_of(database, channel) == numbers
    with transaction(database) as env:
        found = env["cosmetics.order.import"].browse(record)
        assert (found.new_count + found.same_count, found.bad_count, found.is_balanced) == (KILLED, 0, True)
