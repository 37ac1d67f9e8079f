"""Dunning of a customer: from the first late day until nothing is late."""

from odoo import api, fields, models

# What people decide; all else follows from the books and the nightly job.
DECIDED = {"paused_until", "user_id", "promise_ids"}


class CosmeticsDunning(models.Model):
    """A case of dunning. Amounts are in the currency of the company; a company and its branches are one creditor."""

    _name = "cosmetics.dunning"
    _description = "Dunning"
    _inherit = ["mail.thread"]
    _order = "state desc, amount_overdue desc, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", string="Customer", required=True, index=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [("open", "Open"), ("closed", "All Paid")], required=True, readonly=True, default="open", index=True, tracking=True
    )
    level_id = fields.Many2one("cosmetics.dunning.level", readonly=True, ondelete="restrict", tracking=True)
    is_stopped = fields.Boolean(related="level_id.stops_deliveries", string="Deliveries Stopped")
    amount_overdue = fields.Monetary(string="Overdue Amount", readonly=True, help="Late and not disputed, as of the last run.")
    days_late = fields.Integer(readonly=True, aggregator="max", help="Of the oldest item, as of the last run.")
    next_level_id = fields.Many2one("cosmetics.dunning.level", readonly=True, ondelete="set null")
    next_action_on = fields.Date(readonly=True, help="When the next level is reached if nothing is paid.")
    paused_until = fields.Date(tracking=True, help="No further level before this day.")
    user_id = fields.Many2one("res.users", string="Person in Charge", tracking=True)
    step_ids = fields.One2many("cosmetics.dunning.step", "dunning_id", readonly=True)
    promise_ids = fields.One2many("cosmetics.dunning.promise", "dunning_id")
    closed_at = fields.Datetime(readonly=True)

    _open_unique = models.UniqueIndex(
        "(company_id, partner_id) WHERE state = 'open'", "This customer has an open case already. Open it in the list."
    )

    # ------------------------------------------------------------------ create, write
    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | (self._fields.keys() - DECIDED)

    def write(self, vals):
        if not self.env.su and (kept := vals.keys() - DECIDED):
            self._refuse_fields(kept)
        return super().write(vals)

    # ------------------------------------------------------------------ actions
    @api.model
    def action_run(self):
        """Look at what is late in the current company now, as the nightly job does."""
        self.browse().check_access("write")
        # sudo: levels, steps and activities are the job's; the right to run it was checked
        self.sudo()._dun(self.env.company.root_id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_open_due(self):
        """Open what the customer owes."""
        self.ensure_one()
        return self.partner_id.action_open_due()


class CosmeticsDunningStep(models.Model):
    """A level that was reached: what was late that day, and who was asked."""

    _name = "cosmetics.dunning.step"
    _description = "Dunning Step"
    _order = "id desc"

    dunning_id = fields.Many2one("cosmetics.dunning", required=True, index=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(related="dunning_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="dunning_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    level_id = fields.Many2one("cosmetics.dunning.level", required=True, readonly=True, ondelete="restrict")
    date = fields.Date(required=True, readonly=True)
    amount_overdue = fields.Monetary(string="Overdue Amount", readonly=True)
    days_late = fields.Integer(readonly=True, aggregator="max")
    user_id = fields.Many2one("res.users", string="Person Asked", readonly=True)
    is_mailed = fields.Boolean(string="Mailed", readonly=True)

    _level_unique = models.UniqueIndex("(dunning_id, level_id)", "This level was reached already.")

    def _get_late_items(self):
        """Return the late and undisputed items of the customer (cosmetics.finance.due), oldest first, for the letter."""
        self.ensure_one()
        domain = [
            ("partner_id", "child_of", self.partner_id.id), ("kind", "=", "receivable"), ("is_disputed", "=", False),
            ("company_id", "child_of", self.company_id.id), ("days_overdue", ">", 0),
        ]  # fmt: skip
        return self.env["cosmetics.finance.due"].search(domain, order="due_on, id")

    def _get_language(self):
        self.ensure_one()
        return self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang
