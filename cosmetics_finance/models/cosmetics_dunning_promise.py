"""What a customer has promised to pay, and whether it did."""

from odoo import api, fields, models
from odoo.exceptions import UserError

KEPT = {"state", "received", "user_id", "made_on"}
# Money comes in through journals of these types; a credit note keeps no promise.
MONEY = ("bank", "cash", "credit")


class CosmeticsDunningPromise(models.Model):
    """A promise to pay so much until a day. As long as it is open no further level is reached; the nightly job sees if it was kept."""

    _name = "cosmetics.dunning.promise"
    _description = "Promise to Pay"
    _order = "id desc"

    dunning_id = fields.Many2one("cosmetics.dunning", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(related="dunning_id.partner_id", store=True)
    company_id = fields.Many2one(related="dunning_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    promised_on = fields.Date(string="Pays until", required=True)
    amount = fields.Monetary(required=True)
    note = fields.Char(string="Said by")
    made_on = fields.Date(string="Promised on", required=True, readonly=True, default=lambda self: fields.Date.context_today(self))
    user_id = fields.Many2one("res.users", string="Recorded by", required=True, readonly=True, default=lambda self: self.env.uid)
    received = fields.Monetary(readonly=True, help="What came in from the day of the promise until the promised day.")
    state = fields.Selection(
        [("open", "Open"), ("kept", "Kept"), ("broken", "Broken")], required=True, readonly=True, default="open", copy=False, index=True
    )

    _amount_positive = models.Constraint("CHECK (amount > 0)", "Enter how much the customer promised to pay.")
    _days_ordered = models.Constraint("CHECK (promised_on >= made_on)", "The promised day is over already. Choose today or a later day.")
    _open_unique = models.UniqueIndex(
        "(dunning_id) WHERE state = 'open'", "The customer has an open promise already. Change that one, or wait for its day."
    )

    # ------------------------------------------------------------------ create, write
    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | KEPT

    @api.model_create_multi
    def create(self, vals_list):
        promises = super().create([{name: value for name, value in vals.items() if name not in KEPT} for vals in vals_list])
        promises._check_open()
        return promises

    def write(self, vals):
        if not self.env.su:
            if KEPT & vals.keys() or "dunning_id" in vals:
                raise UserError(self.env._("Whether a promise was kept follows from the payments."))
            self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        self._check_open()

    def _check_open(self):
        if self.filtered(lambda promise: promise.state != "open" or promise.dunning_id.state != "open"):
            raise UserError(self.env._("This promise is history. Record a new one on the open case."))

    # ------------------------------------------------------------------ judgement
    def _judge(self, today):
        """Write what came in for these open promises, and which of them were kept or broken; return the broken ones."""
        broken = self.browse()
        for promise in self:
            promise.received = promise._get_received()
            if promise.currency_id.compare_amounts(promise.received, promise.amount) >= 0:
                promise.state = "kept"
            elif promise.promised_on < today:
                promise.state = "broken"
                broken |= promise
        return broken

    def _get_received(self):
        """Return the money that came in from the customer between the day of the promise and the promised day."""
        self.ensure_one()
        domain = [
            ("parent_state", "=", "posted"), ("account_id.account_type", "=", "asset_receivable"), ("journal_id.type", "in", MONEY),
            ("company_id", "child_of", self.company_id.id), ("partner_id", "child_of", self.partner_id.id),
            ("date", ">=", self.made_on), ("date", "<=", self.promised_on),
        ]  # fmt: skip
        ((balance,),) = self.env["account.move.line"]._read_group(domain, [], ["balance:sum"])
        return -balance
