"""Opening purchases and sales: each goes as far as its state says, through the same buttons a person presses."""

from datetime import datetime, time

from .stock import batch_values

# How far an order goes: the states in their order.
PURCHASE_STEPS = ("draft", "sent", "confirmed", "received", "billed", "paid")
SALE_STEPS = ("draft", "sent", "confirmed", "delivered", "invoiced", "paid")
SALE_ROLES = {"wholesale": ("sales", "wholesale"), "online": ("ecommerce", "online")}


def load(demo):
    """Create the orders and take them through their steps."""
    load_purchases(demo, [row for row in demo.plan["purchases"] if demo.is_new("purchase", row["ref"])])
    load_sales(demo, [row for row in demo.plan["sales"] if demo.is_new("sale", row["ref"])])


def reached(rows, steps, step):
    """Return the rows whose state is `step` or a later one.

    >>> reached([{"state": "draft"}, {"state": "paid"}], SALE_STEPS, "sent")
    [{'state': 'paid'}]
    """
    return [row for row in rows if steps.index(row["state"]) >= steps.index(step)]


def load_purchases(demo, rows):
    """Create purchase orders, receive, bill and pay."""
    demo.put("purchase.order", "purchase", {row["ref"]: purchase_values(demo, row) for row in rows})

    def orders(step):
        picked = reached(rows, PURCHASE_STEPS, step)
        return demo.env["purchase.order"].browse(demo.get("purchase", row["ref"]).id for row in picked)

    orders("sent").write({"state": "sent"})
    orders("confirmed").button_confirm()
    for row in reached(rows, PURCHASE_STEPS, "received"):
        receive(demo, row)
    for row in reached(rows, PURCHASE_STEPS, "billed"):
        order = demo.get("purchase", row["ref"])
        order.action_create_invoice()
        bill = order.invoice_ids
        bill.write({"invoice_date": demo.day(-row["days_ago"]), "ref": f"SL-{row['ref'].upper()}"})
        demo.name("bill", {row["ref"]: bill})
        bill.action_post()
    pay_each(demo, orders("paid").invoice_ids)


def purchase_values(demo, row):
    """Return the values of a purchase order."""
    lines = [
        {"product_id": demo.get("product", line["product"]).id, "product_qty": line["quantity"], "price_unit": line["price"]}
        for line in row["lines"]
    ]
    return {
        "partner_id": demo.get("supplier", row["supplier"]).id,
        "company_id": demo.company.id,
        "user_id": demo.get("user", "buyer").id,
        "date_order": moment(demo, row),
        "date_planned": moment(demo, row),
        "picking_type_id": demo.get("warehouse", "central").in_type_id.id,
        "order_line": [(0, 0, line) for line in lines],
    }


def moment(demo, row):
    """Return when an order was made: in the morning, in Xi'an."""
    return datetime.combine(demo.day(-row["days_ago"]), time(2))


def receive(demo, row):
    """Receive everything of a purchase order, under the batches that came with it."""
    picking = demo.get("purchase", row["ref"]).picking_ids
    batches = {line["product"]: line["batch"] for line in row["lines"] if line.get("batch")}
    demo.put(
        "stock.lot",
        "batch",
        {batch["ref"]: batch_values(demo, batch | {"product": product}) for product, batch in batches.items()},
    )
    lots = {demo.get("product", product): demo.get("batch", batch["ref"]) for product, batch in batches.items()}
    for line in picking.move_line_ids:
        line.lot_id = lots.get(line.product_id)
    finish(picking, moment(demo, row))


def finish(pickings, at):
    """Validate transfers in full, as of a moment (UTC) that is over."""
    pickings.move_ids.picked = True
    done = pickings.with_context(skip_backorder=True, skip_sms=True, skip_expired=True).button_validate()
    if done is not True:
        raise LookupError(f"Transfers {pickings.mapped('name')} of the demo company ask a question instead of finishing: {done}")
    pickings.date_done = at


def load_sales(demo, rows):
    """Create sales orders, deliver, invoice and collect."""
    demo.put("sale.order", "sale", {row["ref"]: sale_values(demo, row) for row in rows})

    def orders(step):
        return demo.env["sale.order"].browse(demo.get("sale", row["ref"]).id for row in reached(rows, SALE_STEPS, step))

    orders("sent").action_quotation_sent()
    for row in reached(rows, SALE_STEPS, "confirmed"):
        order = demo.get("sale", row["ref"])
        order.action_confirm()
        order.date_order = moment(demo, row)  # the button stamps the present hour
    for row in reached(rows, SALE_STEPS, "delivered"):
        for picking in demo.get("sale", row["ref"]).picking_ids:
            finish(picking, moment(demo, row))
    for row in reached(rows, SALE_STEPS, "invoiced"):
        invoice = demo.get("sale", row["ref"])._create_invoices()
        invoice.invoice_date = demo.day(-row["days_ago"])
        demo.name("invoice", {row["ref"]: invoice})
    orders("invoiced").invoice_ids.action_post()
    pay_each(demo, orders("paid").invoice_ids)


def sale_values(demo, row):
    """Return the values of a sales order."""
    user, team = SALE_ROLES[row["channel"]]
    kind = "customer" if row["channel"] == "wholesale" else "member"
    lines = [{"product_id": demo.get("product", line["product"]).id, "product_uom_qty": line["quantity"]} for line in row["lines"]]
    return {
        "partner_id": demo.get(kind, row["partner"]).id,
        "company_id": demo.company.id,
        "user_id": demo.get("user", user).id,
        "team_id": demo.get("team", team).id,
        "warehouse_id": demo.get("warehouse", "central").id,
        "date_order": moment(demo, row),
        "order_line": [(0, 0, line) for line in lines],
    }


def pay_each(demo, moves):
    """Pay each invoice or bill on its own date, by bank transfer."""
    for move in moves:
        pay(demo, move, move.invoice_date)


def pay(demo, moves, day, journal=None):
    """Register a payment of a day for each invoice or bill, by default at the bank."""
    register = demo.env["account.payment.register"].with_context(active_model="account.move", active_ids=moves.ids)
    values = {"payment_date": day, "group_payment": False} | ({"journal_id": journal.id} if journal else {})
    register.create(values)._create_payments()
