"""What happened to an order, and when: rows that nobody changes."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list


class CosmeticsOrderEvent(models.Model):
    """One step of an order's life. Facts are kept, not sentences: each reader gets them in the own language.

    ``facts`` holds the names and numbers a sentence needs (``picking``, ``warehouse``, ``carrier``, ``number``, ``what``).
    ``sentence`` is what a person or a rule said beside it; customers never see it.
    """

    _name = "cosmetics.order.event"
    _description = "Order Event"
    _order = "at desc, id desc"

    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    kind = fields.Selection(
        [
            ("ordered", "Ordered"),
            ("review", "Review"),
            ("allocated", "Allocated"),
            ("picking", "Picking"),
            ("shipped", "Shipped"),
            ("signed", "Signed For"),
            ("settled", "Settled"),
            ("returned", "Returned"),
            ("problem", "Problem"),
            ("note", "Note"),
        ],
        string="Step",
        required=True,
        readonly=True,
    )
    facts = fields.Json(readonly=True)
    sentence = fields.Text(string="Remark", readonly=True)
    fact_key = fields.Char(
        string="Fact",
        readonly=True,
        help="What holds once for an order, e.g. the signature of a parcel, is told once. Empty: told each time.",
    )
    user_id = fields.Many2one("res.users", string="By", readonly=True, ondelete="restrict", default=lambda self: self.env.uid)
    summary = fields.Char(string="What Happened", compute="_compute_summary")

    _fact_uniq = models.UniqueIndex(
        "(order_id, kind, fact_key) WHERE fact_key IS NOT NULL",
        "Somebody else has just told this step of the order. Open the order again.",
    )

    @api.depends("kind", "facts", "sentence")
    @api.depends_context("lang")
    def _compute_summary(self):
        for event in self:
            parts = [event._get_summary(), event.sentence]
            event.summary = " ".join(part for part in parts if part)

    def write(self, vals):
        """The timeline is evidence towards platforms and customers, so not even a superuser edits it."""
        if vals:
            raise UserError(self.env._("What happened to an order is kept as it was. Add a note to the order instead."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """An order that may be deleted takes its own events along (foreign key)."""
        raise UserError(self.env._("What happened to an order is kept as it was. Events cannot be deleted."))

    def _get_summary(self):
        """Return what happened as one sentence in the reader's language; no remark, nothing internal: customers read it too."""
        self.ensure_one()
        facts = self.facts or {}
        render = getattr(self, f"_get_summary_{self.kind}", None)
        return render(facts) if render else ""

    @api.model
    def _spell(self, names):
        """Return names that were noted with commas between them as the reader's language lists them."""
        return format_list(self.env, (names or "").split(", "))

    def _get_summary_ordered(self, facts):
        return self.env._("The order came in.")

    def _get_summary_review(self, facts):
        return self.env._("Reviewed and confirmed.") if facts.get("confirmed") else ""

    def _get_summary_allocated(self, facts):
        if facts.get("warehouse"):
            return self.env._("The goods come from %(warehouse)s.", warehouse=facts["warehouse"])
        return ""

    def _get_summary_picking(self, facts):
        if facts.get("picked"):
            return self.env._("Picked (%(picking)s).", picking=self._spell(facts.get("picking")))
        if facts.get("picking"):
            return self.env._("The goods are set aside (%(picking)s).", picking=self._spell(facts["picking"]))
        return ""

    def _get_summary_shipped(self, facts):
        if facts.get("number"):
            return self.env._(
                "Handed to %(carrier)s, number %(number)s.", carrier=facts.get("carrier"), number=self._spell(facts["number"])
            )
        return (
            self.env._("The goods left the warehouse (%(picking)s).", picking=self._spell(facts["picking"])) if facts.get("picking") else ""
        )

    def _get_summary_signed(self, facts):
        if facts.get("number"):
            return self.env._("Parcel %(number)s was signed for.", number=self._spell(facts["number"]))
        return self.env._("The platform reports the order as received.") if facts.get("platform") else ""

    def _get_summary_settled(self, facts):
        return self.env._("The order is settled.")

    def _get_summary_returned(self, facts):
        if facts.get("what") == "not_accepted":
            return self.env._(
                "%(product)s cannot be taken back and is sent back to the buyer: %(reason)s",
                product=facts.get("product"),
                reason=facts.get("reason"),
            )
        if facts.get("number"):
            return self.env._("Parcel %(number)s came back.", number=self._spell(facts["number"]))
        return self.env._("Goods came back (%(picking)s).", picking=self._spell(facts["picking"])) if facts.get("picking") else ""

    def _get_summary_problem(self, facts):
        if facts.get("number"):
            return self.env._("The courier reports a problem with parcel %(number)s.", number=self._spell(facts["number"]))
        return ""

    def _get_summary_note(self, facts):
        if facts.get("what") == "reopened":
            return self.env._("The settlement was opened again.")
        return self.env._("The order was cancelled.") if facts.get("what") == "cancelled" else ""
