"""The orders of the benchmark as Douyin's order file, and how a clerk brings such a file in. Runs inside Odoo's shell."""

import base64

from odoo.fields import Command

SHOP = "BENCHDY"
ADDRESS = {"省": "陕西省", "市": "西安市", "区": "雁塔区", "街道": "小寨路街道", "详细地址": "小寨东路1号"}


def file_of(products, partners, numbers, values):
    """Return the bytes of the file: a row for each line of the orders ``values``, paid with the tax of the list price on top.

    :param values: what `sale.order.create` takes for the same orders
    """
    # Only the database of our side knows the layouts of the platforms.
    from odoo.addons.cosmetics_sales.tests import order_files

    rows = []
    rate = 1 + products.taxes_id.amount / 100
    for number, vals in zip(numbers, values, strict=True):
        partner = partners.browse(vals["partner_id"])
        buyer = {"收件人": partner.name, "收件人手机号": partner.phone.replace(" ", "").removeprefix("+86"), **ADDRESS}
        for place, (_create, _id, line) in enumerate(vals["order_line"]):
            product, pieces = products.browse(line["product_id"]), line["product_uom_qty"]
            price = product.list_price * rate
            rows.append(
                order_files.douyin_line(
                    f"{order_number(number)}", f"{order_number(number)}{place:02d}", product.default_code, f"{pieces}",
                    price=f"{price:.2f}", paid=f"{price * pieces:.2f}", **buyer,
                )
            )  # fmt: skip
    return order_files.file_of("douyin", rows)


def order_number(number):
    """Return a number as Douyin writes it; sorted as text, they stand in the sequence of the orders."""
    return 6930000000000000000 + number


def take_in(env, files):
    """Drop the files, look at the preview and import as the background job does; return the orders in the sequence of their numbers."""
    attachments = env["ir.attachment"].create([{"name": "抖店.csv", "datas": base64.b64encode(raw)} for raw in files])
    record = env["cosmetics.order.import"].create({"channel_id": shop(env).id, "attachment_ids": [Command.set(attachments.ids)]})
    record.action_preview()
    record.action_import()
    env.cr.commit()  # the click is over; the job runs in a transaction of its own
    record._cron_import()
    if record.state != "done" or not record.is_balanced or record.bad_count:
        raise RuntimeError(f"the import is {record.state}: {record.problem or record.line_ids.mapped('reason')[:3]}")
    return record.order_ids.sorted("channel_order_ref")


def shop(env):
    """Return the shop on the platform."""
    channels = env["cosmetics.channel"]
    vals = {"name": "Bench Douyin", "code": SHOP, "kind": "marketplace", "platform": "douyin", "company_id": env.company.id}
    return channels.search([("code", "=", SHOP)]) or channels.create(vals)
