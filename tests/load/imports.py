"""Imports of platform orders for the tests with many processes."""

import os

from processes import transaction

RUN = os.getpid()
SKU = f"LOAD-IMPORT-{RUN}"


def payload(number):
    """Return an order of one piece for a whole number of yuan."""
    line = {"merchant_sku": SKU, "qty": 1, "amount": "10.00"}
    return {
        "order_no": number, "state": "paid", "receivable": "10.00", "receiver": "王芳", "phone": "13912345678",
        "street": "陕西省西安市雁塔区小寨东路1号", "lines": [line],
    }  # fmt: skip


def new_import(database, clerk, channel, numbers):
    """Return the id of an import that only has to run."""
    with transaction(database) as env:
        # As the system, which alone sets an import going; it belongs to the clerk.
        record = env["cosmetics.order.import"].create({"channel_id": channel, "state": "running", "user_id": clerk})
        rows = [{"import_id": record.id, "order_ref": number, "payload": payload(number), "amount": 10} for number in numbers]
        env["cosmetics.order.import.line"].create(rows)
        record.amount_file = 10 * len(numbers)
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
