"""Orders of the shops on the platforms, through the import that the e-commerce clerk uses."""

from ..plan import channel_orders
from .flows import finish

FILES = {"tmall": channel_orders.tmall_files, "douyin": channel_orders.douyin_files}
# What came in today is left for whoever tries the review.
LEFT_FOR_REVIEW_DAYS = 2


def load(demo):
    """Import the files of each shop, confirm what is older, deliver what the platform says has left."""
    clerk = demo.get("user", "ecommerce")
    for shop, build in FILES.items():
        if demo.is_new("order_import", shop):
            rows = [row for row in demo.plan["channel_orders"] if row["shop"] == shop]
            load_shop(demo, shop, rows, build(rows, lambda days: demo.day(-days)), clerk)


def load_shop(demo, shop, rows, files, clerk):
    """Take one drop of files in and bring its orders as far as the platform says."""
    attachments = demo.env["ir.attachment"].with_user(clerk)
    files = attachments.create([{"name": name, "raw": raw} for name, raw in files.items()])
    imports = demo.env["cosmetics.order.import"].with_user(clerk).with_company(demo.company)
    record = imports.create({"channel_id": demo.get("channel", shop).id, "attachment_ids": [(6, 0, files.ids)]})
    record.action_preview()
    record.action_import_now()
    demo.name("order_import", {shop: record})
    orders = {order.channel_order_ref: order for order in record.order_ids}
    demo.name("channel_order", {row["number"]: orders[row["number"]] for row in rows if row["number"] in orders})
    older = [row for row in rows if row["number"] in orders and row["days_ago"] > LEFT_FOR_REVIEW_DAYS]
    go_on = record.order_ids.browse(orders[row["number"]].id for row in older if row["state"] in ("paid", "shipped", "done"))
    go_on.action_review_confirm()
    gone = [orders[row["number"]] for row in older if row["state"] in ("shipped", "done")]
    for order in gone:
        for picking in order.sudo().picking_ids:
            finish(picking, order.date_order)
