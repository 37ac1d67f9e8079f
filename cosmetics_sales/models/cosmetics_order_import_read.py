"""From dropped files to rows with a verdict."""

from odoo import models
from odoo.exceptions import UserError

from ..tools.order_file import Order, read_orders
from .cosmetics_order_import_line import to_json

READ_AT_ONCE = 1000
"""Orders whose rows are made together: memory does not grow with the file."""

SHOP_HEADERS = ("店铺名称", "归属店铺", "店铺")
PAYLOAD = (
    *("order_no", "created_at", "paid_at", "shipped_at", "done_at", "ship_by", "buyer", "receiver", "phone", "province", "city"),
    *("district", "street", "address", "is_masked", "buyer_note", "seller_note", "freight", "paid", "receivable", "refund"),
    *("carrier", "tracking_no"),
)
PAYLOAD_LINE = ("sub_no", "merchant_sku", "platform_sku", "barcode", "title", "spec", "qty", "unit_price", "amount", "is_gift")


class CosmeticsOrderImport(models.Model):
    _inherit = "cosmetics.order.import"

    def _read_and_judge(self):
        """Read the files anew, replace the rows, and judge them; a file that cannot be read says why."""
        self.ensure_one()
        if not self.attachment_ids:
            raise UserError(self.env._("There is no file. Drop the files of the platform first."))
        # sudo: a clerk starts the reading, but neither rows nor sums are the clerk's to write
        own = self.sudo()
        result = self._read_files()
        own.line_ids.unlink()
        own.write({"note": self._notes(result), "problem": False, "amount_file": float(result.totals.file_sum)})
        found = [*result.orders, *result.rejected, *result.waiting]
        fault = self._choose_channel(found) if found else self.note or self.env._("No order was found in the files.")
        if fault:
            own.write({"state": "failed", "problem": fault})
            return
        found.reverse()
        result.orders.clear()
        while found:
            self._add_lines([found.pop() for _place in range(min(READ_AT_ONCE, len(found)))])
        own.state = "preview"

    def _add_lines(self, found):
        """Make and judge the rows of some orders of the files, and forget what was read of them: files hold many."""
        prepared = [self._prepare_order_line(order) if isinstance(order, Order) else self._prepare_rejected_line(order) for order in found]
        # sudo: rows are made by the reading alone
        lines = self.env["cosmetics.order.import.line"].sudo().create(prepared).with_env(self.env)
        lines.filtered("payload")._judge()
        lines.env.flush_all()
        lines.invalidate_model()

    def _read_files(self):
        """Return what the reader makes of the attachments (``tools.order_file.Result``)."""
        profiles = self.env["cosmetics.order.import.profile"]
        # bin_size would give the size of the file instead of the file
        files = [(file.name, file.raw or b"") for file in self.attachment_ids.with_context(bin_size=False)]
        return read_orders(files, profiles._get_profiles(), profile_key=self.profile_id.key or None)

    def _notes(self, result):
        """Return one sentence for each file: its layout and rows, or why it cannot be read."""
        sentences = self.env["cosmetics.order.import.sentence"]
        names = {profile.key: profile.name for profile in self.env["cosmetics.order.import.profile"].search([])}
        notes = []
        for reading in result.files:
            if reading.problem:
                notes.append(sentences._of(reading.problem.code, {"name": reading.name, **reading.problem.facts}))
            for sheet, profile, _header, rows in reading.sheets:
                source = f"{reading.name} {sheet}".strip()
                layout = names.get(profile, profile)
                notes.append(self.env._("%(file)s: %(layout)s, %(rows)s rows.", file=source, layout=layout, rows=rows))
        if result.totals.unreadable:
            notes.append(self.env._("The amount of %s orders cannot be read: they are in no sum.", result.totals.unreadable))
        return "\n".join(notes)

    # ------------------------------------------------------------------ channel
    def _choose_channel(self, found):
        """Find the channel of the files; return a sentence when it cannot be told or does not fit."""
        platforms = {order.platform for order in found if order.platform}
        if len(platforms) > 1:
            return self.env._("These files are of different platforms. Import each platform on its own.")
        platform = next(iter(platforms), False)
        shops = self._shops_of(found)
        if self.channel_id:
            if self.channel_id.platform and platform not in (False, "other", self.channel_id.platform):
                return self.env._("These files are not of the platform of channel “%s”. Choose the right channel.", self.channel_id.name)
            return False
        domain = [("platform", "=", platform), ("kind", "in", ("marketplace", "web")), ("company_id", "in", (False, self.company_id.id))]
        channels = self.env["cosmetics.channel"].search(domain)
        named = channels.filtered(lambda channel: channel.shop_name in shops) if shops else channels
        channel = named if len(named) == 1 else channels if len(channels) == 1 and not channels.shop_name else channels.browse()
        if len(channel) != 1:
            return self.env._("It is not clear which shop the files come from. Choose the sales channel.")
        self.channel_id = channel
        return False

    def _shops_of(self, found):
        names = {row.cells.get(header) for order in found for row in order.rows for header in SHOP_HEADERS}
        return names - {None, ""}

    # ------------------------------------------------------------------ values
    def _prepare_order_line(self, order):
        sentences = self.env["cosmetics.order.import.sentence"]
        # Their unknown state is told by the intake, with what becomes of it.
        warnings = [sentences._of(problem.code, problem.facts) for problem in order.problems if "status" not in problem.code]
        row = order.rows[0]
        payload = self._payload_of(order)
        return {
            "import_id": self.id,
            "sequence": row.row_no,
            "source": self._source(row),
            "payload": payload,
            "file_warning": "\n".join(warnings) or False,
            **self.env["cosmetics.order.import.line"]._summary(payload),
        }

    def _prepare_rejected_line(self, rejected):
        sentences = self.env["cosmetics.order.import.sentence"]
        reasons = [sentences._of(problem.code, problem.facts, problem.row_no) for problem in rejected.problems]
        row = rejected.rows[0]
        return {
            "import_id": self.id,
            "sequence": row.row_no,
            "source": self._source(row),
            "order_ref": rejected.order_no or False,
            "amount": float(rejected.receivable or 0),
            "rows": to_json([each.to_dict() for each in rejected.rows]),
            "verdict": "bad",
            "reason": "\n".join(dict.fromkeys(reasons)),
        }

    def _source(self, row):
        return self.env._("%(file)s, row %(row)s", file=f"{row.file} {row.sheet}".strip(), row=row.row_no)

    def _payload_of(self, order):
        """Return an order of the reader in the shape all sources share."""
        payload = {name: getattr(order, name) for name in PAYLOAD}
        payload |= {"state": order.status, "status": order.status_text}
        payload["lines"] = [{name: getattr(line, name) for name in PAYLOAD_LINE} for line in order.lines]
        return to_json(payload)
