"""Goods that left the stock unsold: disposals, testers, samples, shortages; one entry a document."""

from odoo import Command, api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError

from ..tools.stock_money import input_vat

JUDGED = {"is_vat_transferred", "note"}
KINDS = [
    ("disposal", "Disposal"),
    ("scrap", "Scrap without Disposal"),
    ("tester", "Testers"),
    ("sample", "Gifts and Samples"),
    ("count", "Count Difference"),
    ("adjust", "Adjustment without Count"),
]


class CosmeticsStockLoss(models.Model):
    """One movement of stock, booked once. What comes back is a row of its own with the opposite sign.

    The value is that of the movement (`stock.move.value`), in the currency of the company; the tax is the input VAT that was deducted when
    the goods were bought, at the rate of the product's purchase tax. It is transferred out where the reason is an abnormal loss (VAT law
    art. 22).
    """

    _name = "cosmetics.stock.loss"
    _description = "Goods Gone Unsold"
    _order = "date desc, id desc"
    _rec_name = "document"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    stock_move_id = fields.Many2one("stock.move", readonly=True, required=True, ondelete="restrict", groups="stock.group_stock_user")
    date = fields.Date(readonly=True, required=True, index=True, help="Day in China on which the goods left.")
    kind = fields.Selection(KINDS, readonly=True, required=True)
    document = fields.Char(readonly=True)
    reason = fields.Char(readonly=True)
    store_id = fields.Many2one("cosmetics.store", readonly=True, index="btree_not_null")
    product_id = fields.Many2one("product.product", readonly=True, required=True, index=True)
    categ_id = fields.Many2one(related="product_id.categ_id", store=True, string="Product Category")
    brand_id = fields.Many2one(related="product_id.brand_id", store=True)
    lot_id = fields.Many2one("stock.lot", string="Batch", readonly=True, index="btree_not_null")
    quantity = fields.Float(readonly=True, digits="Product Unit", help="Negative: goods that came back, or that a count found.")
    value = fields.Monetary(string="Cost", readonly=True, help="Actual value of the movement, landed costs included.")
    is_booked_by_place = fields.Boolean(
        string="Booked by Place",
        readonly=True,
        help="The place has a valuation account: Odoo books the cost, the entry the tax only.",
    )
    is_vat_transferred = fields.Boolean(string="Abnormal Loss", help="The input VAT on these goods is transferred out.")
    vat_rate = fields.Float(string="VAT Rate (%)", readonly=True, digits=(5, 2), aggregator=None)
    vat_amount = fields.Monetary(string="Input VAT Transferred Out", compute="_compute_vat_amount", store=True)
    total = fields.Monetary(string="Total Loss", compute="_compute_vat_amount", store=True, help="Cost and the tax on it.")
    state = fields.Selection([("open", "To Book"), ("posted", "Booked")], default="open", required=True, readonly=True, index=True)
    move_id = fields.Many2one("account.move", string="Entry", readonly=True, ondelete="restrict", index="btree_not_null")
    note = fields.Char()

    _move_unique = models.UniqueIndex("(stock_move_id)", "These goods are in the list already. Reload the page.")

    @api.depends("is_vat_transferred", "value", "vat_rate")
    def _compute_vat_amount(self):
        for loss in self:
            loss.vat_amount = float(input_vat(loss.value, loss.vat_rate)) if loss.is_vat_transferred else 0.0
            loss.total = loss.value + loss.vat_amount

    def write(self, vals):
        if not self.env.su and set(vals) - JUDGED:
            raise UserError(self.env._("Change the judgement about the tax and the note only: the figures come from the stock."))
        if "is_vat_transferred" in vals and "posted" in self.mapped("state"):
            raise UserError(self.env._("What is booked stays as it is. Undo the entry first, then change the judgement."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        if "posted" in self.mapped("state"):
            raise UserError(self.env._("What is booked stays as it is. Undo the entry first, then change the judgement."))

    # ------------------------------------------------------------------ actions
    @api.model
    def action_book_all(self):
        """Look for what left the stock unsold in the companies of the user, book it, and show the list."""
        self.check_access("write")
        self._collect(self.env.companies)
        self.search(self._get_booking_domain(self.env.companies)).action_post()
        return self.env["ir.actions.act_window"]._for_xml_id("cosmetics_finance_inventory.cosmetics_stock_loss_action")

    def action_post(self):
        """Book these goods, one entry a document and day; what is booked already is left alone."""
        self.check_access("write")
        hold_rows(self)
        self.invalidate_recordset(["state"])
        losses = self.filtered(lambda loss: loss.state == "open").sorted(lambda loss: (loss.date, loss.id))
        for group in losses.grouped(lambda loss: (loss.company_id, loss.date, loss.kind, loss.document)).values():
            group._post_entry()

    def action_undo(self):
        """Reverse the entries of these goods and of all others in them, so that they can be judged and booked anew."""
        self.check_access("write")
        hold_rows(self)
        moves = self.filtered(lambda loss: loss.state == "posted").move_id
        for move in moves:
            label = self.env._("Undone: %s", move.ref)
            reversal = move._reverse_moves([{"date": move.date, "ref": label}], cancel=True)
            reversal.filtered(lambda entry: entry.state == "draft").action_post()
        losses = self.search([("move_id", "in", moves.ids)])
        # sudo: state and entry are nobody's to type
        losses.sudo().write({"state": "open", "move_id": False})

    def action_open_entry(self):
        """Open the entry of these goods."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "account.move", "res_id": self.move_id.id, "view_mode": "form"}

    @api.model
    def _cron_book(self):
        """Each night: book what left the stock unsold."""
        companies = self.env["res.company"].search([("chart_template", "!=", False)])
        self._collect(companies)
        self.search(self._get_booking_domain(companies)).action_post()

    @api.model
    def _get_booking_domain(self, companies):
        """Return the domain of what is booked without a look at it.

        An adjustment without a count may be the stock of a new shop: whether that is income only a person knows, who books it by hand.
        """
        return [("state", "=", "open"), ("company_id", "in", companies.ids), ("kind", "!=", "adjust")]

    # ------------------------------------------------------------------ entry
    def _post_entry(self):
        lines = self._prepare_entry_lines()
        move = self.env["account.move"]
        if lines:
            # As the accountant, with the accountant's rights: lock dates and numbers hold.
            move = move.create(self._prepare_entry_vals(lines))
            move.action_post()
        # sudo: state and entry are nobody's to type
        self.sudo().write({"state": "posted", "move_id": move.id})

    def _prepare_entry_vals(self, lines):
        """Return the values of the entry of one document."""
        first = self[0]
        company = first.company_id
        # sudo: which journal there is decides, not who reads them
        journals = self.env["account.journal"].sudo()
        journal = company.sudo().account_stock_journal_id or journals.search(
            [*journals._check_company_domain(company), ("type", "=", "general")], limit=1
        )
        if not journal:
            raise UserError(self.env._("There is no journal for general entries. Make one first."))
        kind = dict(self._fields["kind"]._description_selection(self.env))[first.kind]
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "company_id": company.id,
            "date": first.date,
            "ref": f"{kind} {first.document or ''}".strip(),
            "is_abnormal_loss": any(loss.vat_amount for loss in self),
            "line_ids": [Command.create(line) for line in lines],
        }

    def _prepare_entry_lines(self):
        """Return the values of the lines, summed by account. What comes back stands on the same side in red, as is the habit here."""
        sums = {}
        for loss in self:
            cost = 0 if loss.is_booked_by_place else loss.value
            for account, amount, side in (
                (loss._get_loss_account(), cost + loss.vat_amount, 1),
                (loss._get_stock_account(), -cost, -1),
                (loss.company_id._get_stock_account("vat") if loss.vat_amount else None, -loss.vat_amount, -1),
            ):
                if account and amount:
                    sums[account, side] = sums.get((account, side), 0) + amount
        label = ", ".join(dict.fromkeys(filter(None, self.mapped("reason")))) or self[0].document or "/"
        currency = self.company_id.currency_id
        return [
            {"account_id": account.id, "name": label, "balance": currency.round(amount), "is_storno": amount * side < 0}
            for (account, side), amount in sums.items()
            if not currency.is_zero(amount)
        ]

    def _get_loss_account(self):
        """Return the account that bears the loss."""
        self.ensure_one()
        if self.is_booked_by_place:
            move = self.sudo().stock_move_id  # sudo: the account of a place, for its entry
            return (move.location_dest_id if self.quantity > 0 else move.location_id).valuation_account_id
        if self.kind in ("count", "adjust") and self.quantity < 0:
            return self.company_id._get_stock_account("surplus")
        return self.company_id._get_stock_account(self.kind if self.kind in ("tester", "sample") else "loss")

    def _get_stock_account(self):
        """Return the account of the stock these goods belong to."""
        self.ensure_one()
        return self.product_id.with_company(self.company_id)._get_product_accounts()["stock_valuation"]
