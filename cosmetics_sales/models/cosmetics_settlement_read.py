"""Reading the files of a settlement and finding their orders."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import models
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError
from odoo.tools import split_every

from ..tools import settlement_file

CHUNK = 5000
CHINA_OFFSET = timedelta(hours=8)
# The wallet of a Taobao shop is an account of Alipay: these three tell of the same money.
SAME_MONEY = {"taobao", "alipay_ledger", "alipay_detail"}


class CosmeticsSettlement(models.Model):
    _inherit = "cosmetics.settlement"

    def action_read(self):
        """Read the files that were not read yet, then match the orders. Two people at once: the second finds what the first read."""
        self.check_access("write")
        for settlement in self:
            hold_rows(settlement)
            hold_rows(settlement.channel_id)  # another settlement of the shop may be reading the same file
            settlement._check_draft()
            fresh = settlement.attachment_ids - settlement.read_attachment_ids
            if not fresh and not settlement.line_ids:
                raise UserError(self.env._("Add the payout file first, then read it."))
            for attachment in fresh:
                settlement._read_attachment(attachment)
            # sudo: what was read is nobody's to type; who may read files has been checked by the rights to the settlement
            settlement.sudo().read_attachment_ids += fresh
            settlement.sudo().state = "matched"
        self.action_match()

    def action_match(self):
        """Find the orders of lines that have none and count again what each order brought."""
        self.check_access("write")
        for settlement in self:
            hold_rows(settlement)
            settlement._check_draft()
            settlement._link_orders()
            settlement.env["cosmetics.settlement.match"]._rebuild(settlement)

    def _check_draft(self):
        if self.state == "confirmed":
            raise UserError(self.env._("%s is confirmed and stays as it is. Let an accountant reopen it.", self.name))

    def _check_files(self):
        """Refuse a file that cannot be read, or was read before, when it is attached: a refusal leaves no settlement behind.

        Reading checks again: somebody may have read the same file meanwhile.
        """
        for settlement in self:
            for attachment in settlement.attachment_ids - settlement.read_attachment_ids:
                found = settlement._parse(attachment)
                for content in found:
                    settlement._check_same_money(content.format)
                settlement._check_fresh(attachment.name, [line for content in found for line in content.lines])

    def _check_fresh(self, name, lines):
        """Raise when every one of these movements is known; the first that is not ends the search."""
        for chunk in split_every(CHUNK, lines):
            known = self._get_known(chunk)
            if any((line.reference, line.part) not in known for line in chunk):
                return
        if lines:
            raise UserError(self._get_known_sentence(name, lines[0]))

    def _parse(self, attachment):
        """Return the contents of a file; what cannot be read is told in a sentence."""
        try:
            return settlement_file.read(attachment.raw or b"", attachment.name)
        except FileProblem as problem:
            raise UserError(self._get_problem_sentence(problem, attachment.name)) from None

    def _read_attachment(self, attachment):
        found = self._parse(attachment)
        lines_before = self.line_count
        for content in found:
            self._check_same_money(content.format)
            self._add_lines(content)
        known = [line for content in found for line in content.lines]
        if known and self.line_count == lines_before:
            raise UserError(self._get_known_sentence(attachment.name, known[0]))

    def _get_known_sentence(self, name, line):
        """Return where a file was read before of which every movement is known."""
        domain = [("channel_id", "=", self.channel_id.id), ("reference", "=", line.reference), ("part", "=", line.part)]
        first = self.env["cosmetics.settlement.line"].search(domain, limit=1).settlement_id
        return self.env._(
            "%(name)s was read already, see “%(settlement)s”: each movement counts once. Add another file.",
            name=name,
            settlement=first.name or self.env._("another company"),
        )

    def _check_same_money(self, file_format):
        """Two files of the same money would count each sale twice."""
        if file_format not in SAME_MONEY:
            return
        others = list(SAME_MONEY - {file_format})
        if self.env["cosmetics.settlement.line"].search_count([("channel_id", "=", self.channel_id.id), ("source", "in", others)], limit=1):
            raise UserError(
                self.env._("This channel is settled by another kind of file that tells of the same money. Keep to one kind of file.")
            )

    def _add_lines(self, content):
        """Create the lines that are new to the channel; the unique index holds when two people read the same file."""
        model = self.env["cosmetics.settlement.line"]
        repeated = Decimal(0)
        for start in range(0, len(content.lines), CHUNK):
            chunk = content.lines[start : start + CHUNK]
            known = self._get_known(chunk)
            repeated += sum((line.amount for line in chunk if (line.reference, line.part) in known), Decimal(0))
            # sudo: lines come from files only
            model.sudo().create(
                [self._prepare_line_vals(line, content.format) for line in chunk if (line.reference, line.part) not in known]
            )
        days = [(line.at + CHINA_OFFSET).date() for line in content.lines if line.at]
        self.sudo().write(  # sudo: as above
            {
                "file_total": self.file_total + float(content.total),
                "repeated_total": self.repeated_total + float(repeated),
                "date_from": min(filter(None, [self.date_from, *days]), default=False),
                "date_to": max(filter(None, [self.date_to, *days]), default=False),
            }
        )

    def _get_known(self, lines):
        """Return {(reference, part)} of those movements that the channel has."""
        domain = [("channel_id", "=", self.channel_id.id), ("reference", "in", list({line.reference for line in lines}))]
        # sudo: a flow of another company is a flow too
        return set(self.env["cosmetics.settlement.line"].sudo()._read_group(domain, ["reference", "part"]))

    def _prepare_line_vals(self, line, source):
        """Return the values of a line from a `SettlementLine`."""
        return {**line._asdict(), "amount": float(line.amount), "settlement_id": self.id, "source": source}

    def _link_orders(self):
        """Give lines their order by the number of the platform, else by our own number: one look per chunk of numbers."""
        groups = self.env["cosmetics.settlement.line"]._read_group(
            [("settlement_id", "=", self.id), ("order_id", "=", False), ("order_ref", "not in", (False, ""))],
            ["order_ref"],
            ["id:recordset"],
        )
        lines = dict(groups)
        refs = list(lines)
        for start in range(0, len(refs), CHUNK):
            by_order = defaultdict(self.env["cosmetics.settlement.line"].browse)
            for ref, order in self._get_orders_by_ref(refs[start : start + CHUNK]).items():
                by_order[order] |= lines[ref]
            for order, found in by_order.items():
                found.sudo().order_id = order  # sudo: as above

    def _get_orders_by_ref(self, refs):
        """Return {number in the file: order}; a connector that writes other numbers adds them."""
        own = [("company_id", "=", self.company_id.id), ("channel_id", "=", self.channel_id.id)]
        orders = self.env["sale.order"].search([*own, "|", ("channel_order_ref", "in", refs), ("name", "in", refs)])
        found = {order.name: order for order in orders}
        found.update({order.channel_order_ref: order for order in orders if order.channel_order_ref})
        return {ref: found[ref] for ref in refs if ref in found}

    def _get_problem_sentence(self, problem, name):
        """Return one sentence for the clerk: what is wrong with the file, what to do."""
        facts = {"name": name, **{key: value for key, value in problem.facts.items() if key != "name"}}
        if problem.code == "totals_differ":
            return self.env._(
                "%(name)s is not whole: its total of %(what)s is %(said)s, its rows sum up to %(found)s. Download it again.", **facts
            )
        if problem.code in ("no_footer", "row_broken", "broken", "empty"):
            return self.env._("%(name)s is empty or cut off. Download it again.", **facts)
        if problem.code == "too_big":
            return self.env._("%(name)s is too big. Download a shorter period.", **facts)
        if problem.code == "rounded_number":
            return self.env._(
                "%(name)s was saved by a spreadsheet that rounded its order numbers. Use the file as it was downloaded.", **facts
            )
        if problem.code in ("not_money", "not_date"):
            return self.env._("%(name)s holds “%(text)s” where an amount or a time should be. Use the file as it was downloaded.", **facts)
        return self.env._("%(name)s is no payout file or bill we know. Download the settlement details of the platform.", **facts)
