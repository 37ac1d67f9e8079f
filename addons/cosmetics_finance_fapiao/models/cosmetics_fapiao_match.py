"""Tax invoices find the invoices and bills they stand for."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.issue import serials_in
from ..tools.kinds import PURCHASES, SALES
from ..tools.match import DAYS, Paper, propose
from ..tools.money import exact


class CosmeticsFapiao(models.Model):
    _inherit = "cosmetics.fapiao"

    def action_match(self):
        """Link what is certain (our serial, a red letter's origin), and propose an invoice or bill for the rest."""
        self.check_access("write")
        fresh = self.filtered(lambda fapiao: fapiao.state != "void" and not fapiao.link_ids)
        fresh._link_requests()
        reds = fresh.filtered(lambda fapiao: fapiao.total < 0)
        # Red letters of the same file come last: what they take back is linked by then.
        for part in (fresh - reds, reds):
            part._link_red_letters()
            part.filtered(lambda fapiao: not fapiao.link_ids)._propose()
            # What is issued has one invoice of that buyer and amount: nobody needs to confirm it.
            part.filtered(lambda f: f.direction == "issued" and f.proposal_reason in ("number", "amount_day")).action_accept()

    def action_accept(self):
        """Link the proposals of these invoices."""
        self.check_access("write")
        for fapiao in self.filtered("proposed_move_id"):
            fapiao._link(fapiao.proposed_move_id)

    def action_unlink_moves(self):
        """Take back what these invoices stand for."""
        self.check_access("write")
        self.link_ids.unlink()

    def _link(self, move, amount=None):
        """Let this invoice stand for what is left of a move, at most for what is left of itself."""
        self.ensure_one()
        if amount is None:
            left = self.difference
            open_amount = move.fapiao_difference if not move.fapiao or move.fapiao_link_ids else move._get_fapiao_target()
            amount = min(left, open_amount) if left >= 0 else max(left, open_amount)
        if self.currency_id.is_zero(amount):
            raise UserError(
                self.env._(
                    "%(move)s has its tax invoices already. Choose another for %(number)s.", move=move.display_name, number=self.number
                )
            )
        self.env["cosmetics.fapiao.link"].create({"fapiao_id": self.id, "move_id": move.id, "amount": amount})
        self.write({"proposed_move_id": False, "proposal_reason": False})
        if self.direction == "issued" and self.total > 0:
            move.fapiao_request_ids.filtered(lambda request: request.state in ("draft", "exported"))._set_issued(self)

    def _link_requests(self):
        """Link issued invoices whose remark names the serial of our issue list."""
        issued = self.filtered(lambda fapiao: fapiao.direction == "issued" and fapiao.total > 0 and serials_in(fapiao.remark))
        serials = {serial for fapiao in issued for serial in serials_in(fapiao.remark)}
        requests = self.env["cosmetics.fapiao.request"].search([("serial", "in", list(serials)), ("state", "in", ("draft", "exported"))])
        by_key = {(request.company_id, request.serial): request for request in requests}
        for fapiao in issued:
            found = [by_key.get((fapiao.company_id, serial)) for serial in serials_in(fapiao.remark)]
            for request in filter(None, found):
                is_same = fapiao.currency_id.compare_amounts(fapiao.total, request.move_id.fapiao_difference) == 0
                if request.state != "issued" and is_same:
                    fapiao._link(request.move_id)

    def _link_red_letters(self):
        """A red letter whose origin is known takes back what the origin stands for, unless a refund of its amount waits for it."""
        for red in self.filtered(lambda fapiao: fapiao.total < 0 and fapiao.origin_number and not fapiao.link_ids):
            origin = self.search([("company_id", "=", red.company_id.id), ("number", "=", red.origin_number)], limit=1)
            refunds = origin.link_ids.move_id.reversal_move_ids.filtered(
                lambda move, red=red: move.state == "posted" and red.currency_id.compare_amounts(move.fapiao_difference, red.total) == 0
            )
            if refunds:
                red._link(refunds[0])
                continue
            left = red.total
            for link in origin.link_ids:
                part = max(left, -link.amount)
                if not red.currency_id.is_zero(part):
                    self.env["cosmetics.fapiao.link"].create({"fapiao_id": red.id, "move_id": link.move_id.id, "amount": part})
                    left -= part

    def _propose(self):
        """Write the proposal of each invoice: one search for the candidates of all of them."""
        for (company, direction), fapiaos in self.grouped(lambda fapiao: (fapiao.company_id, fapiao.direction)).items():
            moves = fapiaos._get_candidates(company, direction)
            papers = [move._prepare_fapiao_paper() for move in moves]
            for fapiao in fapiaos:
                found = propose(fapiao._prepare_paper(), papers)
                fapiao.write({"proposed_move_id": found and found.key, "proposal_reason": found and found.reason})

    def _get_candidates(self, company, direction):
        """Return the posted invoices or bills near these days that have no whole tax invoice; drafts of bills count."""
        days = [day for day in self.mapped("day") if day]
        first, last = min(days) - timedelta(days=DAYS), max(days) + timedelta(days=DAYS)
        states = ["posted"] if direction == "issued" else ["posted", "draft"]
        domain = Domain(
            [
                ("company_id", "=", company.id),
                ("move_type", "in", SALES if direction == "issued" else PURCHASES),
                ("state", "in", states),
                ("fapiao_link_ids", "=", False),
            ]
        )
        period = Domain("invoice_date", ">=", first) & Domain("invoice_date", "<=", last)
        numbers = self.mapped("number")
        return self.env["account.move"].search(domain & (period | Domain("fapiao", "in", numbers) | Domain("ref", "in", numbers)))

    def _prepare_paper(self):
        """Return this invoice as the matching sees it."""
        name, vat = (self.buyer_name, self.buyer_vat) if self.direction == "issued" else (self.seller_name, self.seller_vat)
        return Paper(self.id, frozenset(filter(None, [name, vat])), exact(self.total), self.day, frozenset([self.number]))


class AccountMove(models.Model):
    _inherit = "account.move"

    def _prepare_fapiao_paper(self):
        """Return an invoice or bill as the matching sees it."""
        partner = self.commercial_partner_id
        party = frozenset(filter(None, [partner.name, partner.vat and partner.vat.strip().upper()]))
        day = self.invoice_date or self.date or fields.Date.context_today(self)
        return Paper(self.id, party, exact(self._get_fapiao_target()), day, frozenset(filter(None, [self.fapiao, self.ref])))

    @api.model
    def _get_fapiao_partner(self, name, vat):
        """Return the company with this tax number, else of this name; empty when nobody fits or several do."""
        partners = self.env["res.partner"]
        for domain in ([("vat", "=ilike", vat)] if vat else None, [("name", "=", name)] if name else None):
            found = domain and partners.search([*domain, ("parent_id", "=", False)], limit=2)
            if found and len(found) == 1:
                return found
        return partners
