"""Several people read one payout file at once, one is killed in the middle: each movement counts once, nothing is half read."""

import os
import signal
from functools import partial

import pytest
from imports import RUN
from processes import FORK, call, run_together, transaction

PROCESSES = 4
ORDERS = 150
PATIENCE = 120
HEAD = "动账时间,动帐流水号,动账方向,动账金额,订单号,子订单号,订单实付应结,运费实付,实际平台补贴,订单退款,平台服务费,佣金,备注\n"


def payout():
    """Return a payout file: each order brings 100 and costs 5."""
    rows = (f"2026-05-17 10:00:00,'F{n},入账,95.00,'N{n:05d},'N{n:05d},100.00,0.00,0.00,0.00,-5.00,0.00,-\n" for n in range(ORDERS))
    return ("\ufeff" + HEAD + "".join(rows)).encode()


def new_settlement(database, clerk, channel):
    """Return the id of a settlement with the file that nobody has read yet."""
    with transaction(database) as env:
        upload = env["ir.attachment"].with_user(clerk).create({"name": f"{RUN}.csv", "raw": payout()})
        vals = {"channel_id": channel, "attachment_ids": [(6, 0, upload.ids)]}
        return env["cosmetics.settlement"].with_user(clerk).create(vals).id


def read(database, clerk, settlement, start):
    """Press the button together with the others; return what the person is told, None when it worked."""
    start.wait()
    return call(database, clerk, "cosmetics.settlement", "action_read", [settlement])[1]


def sums(database, channel):
    """Return (movements, sum of the movements) of a shop."""
    with transaction(database) as env:
        lines = env["cosmetics.settlement.line"].search([("channel_id", "=", channel)])
        return len(lines), round(sum(lines.mapped("amount")), 2)


def test_four_people_read_the_same_file_into_four_settlements_and_it_counts_once(database, clerk, channel, record_property):
    settlements = [new_settlement(database, clerk, channel) for _number in range(PROCESSES)]
    told = run_together([partial(read, database, clerk, settlement) for settlement in settlements])
    refused = [sentence for sentence in told if sentence]
    record_property("note", f"settlement: {PROCESSES} read one file at once, {len(refused)} told, lost 0, double 0")
    assert sums(database, channel) == (2 * ORDERS, 95.0 * ORDERS)
    assert len(refused) == PROCESSES - 1, told
    with transaction(database) as env:
        found = env["cosmetics.settlement"].browse(settlements)
        winner = found.filtered("line_ids")
        assert len(winner) == 1 and winner.state == "matched" and not winner.file_difference
        assert (found - winner).mapped("state") == ["draft"] * (PROCESSES - 1)
    for settlement in (found - winner).ids:
        _answer, sentence = call(database, clerk, "cosmetics.settlement", "action_read", [settlement])
        assert RUN and f"{RUN}.csv" in sentence and "conflict" not in sentence, sentence


def test_four_clicks_on_one_settlement_read_it_once(database, clerk, channel):
    settlement = new_settlement(database, clerk, channel)
    told = run_together([partial(read, database, clerk, settlement) for _number in range(PROCESSES)])
    assert not [sentence for sentence in told if sentence and not sentence.startswith("conflict")], told
    assert sums(database, channel) == (2 * ORDERS, 95.0 * ORDERS)
    with transaction(database) as env:
        found = env["cosmetics.settlement"].browse(settlement)
        assert (found.state, found.file_total, found.file_difference, len(found.match_ids)) == ("matched", 95.0 * ORDERS, 0, ORDERS)


def read_and_stop(database, clerk, settlement, half):
    """Read the file, tell when the lines are written, and hang with the transaction open."""
    from odoo import api
    from odoo.modules.registry import Registry

    with Registry(database).cursor() as cr:
        own = api.Environment(cr, clerk, {})["cosmetics.settlement"].browse(settlement)
        model = type(own)
        model.action_match = lambda self: (self.env.flush_all(), half.put(True), FORK.Event().wait(PATIENCE))
        own.action_read()


@pytest.mark.parametrize("again", ["the same settlement", "another settlement"])
def test_reading_killed_in_the_middle_leaves_nothing_and_begins_anew(database, clerk, channel, again):
    from odoo import sql_db

    settlement = new_settlement(database, clerk, channel)
    sql_db.close_all()
    half = FORK.SimpleQueue()
    victim = FORK.Process(target=read_and_stop, args=(database, clerk, settlement, half))
    victim.start()
    assert half.get()
    os.kill(victim.pid, signal.SIGKILL)
    victim.join(PATIENCE)
    assert victim.exitcode == -signal.SIGKILL
    assert sums(database, channel) == (0, 0)
    target = settlement if again == "the same settlement" else new_settlement(database, clerk, channel)
    assert call(database, clerk, "cosmetics.settlement", "action_read", [target])[1] is None
    assert sums(database, channel) == (2 * ORDERS, 95.0 * ORDERS)


def add_fee(database, channel, user, start):
    start.wait()
    vals = {"channel_id": channel, "name": "Commission", "percent": 5, "date_from": "2026-05-01"}
    return call(database, user, "cosmetics.channel.fee", "create", vals)[1]


def test_two_people_enter_a_rate_of_the_same_days_and_one_is_told(database, channel):
    with transaction(database) as env:
        groups = [(6, 0, [env.ref("cosmetics_base.group_master_data").id, env.ref("base.group_user").id])]
        login = f"load_fee_{channel}"
        user = env["res.users"].create({"name": login, "login": login, "group_ids": groups}).id
    told = run_together([partial(add_fee, database, channel, user) for _number in range(2)])
    assert len([sentence for sentence in told if sentence is None]) == 1, told
    with transaction(database) as env:
        assert env["cosmetics.channel.fee"].search_count([("channel_id", "=", channel)]) == 1


def take_freight_back(database, clerk, order, line, start):
    start.wait()
    reason = _reason(database)
    vals = {
        "order_id": order,
        "kind": "refund",
        "reason_id": reason,
        "refund_freight": True,
        "line_ids": [(0, 0, {"order_line_id": line, "quantity": 1})],
    }
    number, told = call(database, clerk, "cosmetics.aftersale", "create", vals)
    return number, told


def _reason(database):
    with transaction(database) as env:
        return env.ref("cosmetics_sales.aftersale_reason_mind").id


def test_two_clerks_take_different_goods_back_and_the_freight_goes_once(database, clerk, channel):
    with transaction(database) as env:
        goods = env["product.product"].create(
            [{"name": f"Load Goods {n}", "type": "consu", "list_price": 50, "taxes_id": [(5, 0, 0)]} for n in range(2)]
        )
        freight = env["product.product"].create({"name": "Load Freight", "type": "service", "list_price": 10, "taxes_id": [(5, 0, 0)]})
        lines = [(0, 0, {"product_id": product.id, "product_uom_qty": 1}) for product in goods + freight]
        customer = env["res.partner"].create({"name": "Load Customer"})
        order = env["sale.order"].create({"partner_id": customer.id, "channel_id": channel, "order_line": lines})
        env.flush_all()
        # Straight to the state: what a review finds and what leaves the house is not the matter here.
        env.cr.execute("UPDATE sale_order SET state = 'sale' WHERE id = %s", (order.id,))
        env.cr.execute("UPDATE sale_order_line SET state = 'sale' WHERE order_id = %s", (order.id,))
        number, first, second = order.id, *order.order_line[:2].ids
    run_together([partial(take_freight_back, database, clerk, number, line) for line in (first, second)])
    with transaction(database) as env:
        cases = env["cosmetics.aftersale"].search([("order_id", "=", number)])
        assert cases and sum(cases.mapped("freight_amount")) <= 10, cases.mapped("freight_amount")
