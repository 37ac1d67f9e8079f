"""Several processes import overlapping files at once, and one is killed in the middle: no order is lost, none is there twice."""

import os
import signal
from functools import partial

import pytest
from processes import FORK, run_together, transaction

PROCESSES = 4
SHARE = 60
OVERLAP = 30
KILLED = 200
PATIENCE = 120
RUN = os.getpid()
SKU = f"LOAD-IMPORT-{RUN}"


def payload(number):
    """Return an order of one piece for a whole number of yuan."""
    line = {"merchant_sku": SKU, "qty": 1, "amount": "10.00"}
    return {
        "order_no": number, "state": "paid", "receivable": "10.00", "receiver": "王芳", "phone": "13912345678",
        "street": "陕西省西安市雁塔区小寨东路1号", "lines": [line],
    }  # fmt: skip


@pytest.fixture(scope="module")
def clerk(database):
    """Return the id of a clerk; the product of the orders is there."""
    with transaction(database) as env:
        env["product.product"].create({"name": "Load Import", "default_code": SKU, "type": "service", "list_price": 10})
        groups = [(6, 0, [env.ref("cosmetics_sales.group_ecommerce_clerk").id])]
        return env["res.users"].create({"name": SKU, "login": SKU, "group_ids": groups}).id


@pytest.fixture
def channel(database, request):
    """Return the id of a shop of the test's own."""
    with transaction(database) as env:
        code = f"{RUN}-{request.node.name[-30:]}"
        return env["cosmetics.channel"].create({"name": code, "code": code, "kind": "marketplace", "platform": "other"}).id


def new_import(database, clerk, channel, numbers):
    """Return the id of an import that only has to run."""
    with transaction(database) as env:
        record = env["cosmetics.order.import"].with_user(clerk).create({"channel_id": channel, "state": "running"})
        rows = [{"import_id": record.id, "order_ref": number, "payload": payload(number), "amount": 10} for number in numbers]
        env["cosmetics.order.import.line"].with_user(clerk).create(rows)
        record.sudo().amount_file = 10 * len(numbers)
        return record.id


def run(database, clerk, record, start=None):
    """Run an import to its end as the job does, however often it meets others; return its state."""
    from odoo import api
    from odoo.modules.registry import Registry

    if start:
        start.wait()
    for _turn in range(10):
        with Registry(database).cursor() as cr:
            own = api.Environment(cr, clerk, {})["cosmetics.order.import"].browse(record)
            own._run_to_end(len(own._get_waiting_lines()))
            state = own.state
        if state == "done":
            break
    return state


def orders_of(database, channel):
    """Return the platform numbers of a shop's orders, sorted."""
    with transaction(database) as env:
        return sorted(env["sale.order"].search([("channel_id", "=", channel)]).mapped("channel_order_ref"))


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
