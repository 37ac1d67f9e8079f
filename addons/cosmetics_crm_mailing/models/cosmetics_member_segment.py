"""Members who have something in common."""

from ast import literal_eval
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools import birthdays
from ..tools.china import china_day


class CosmeticsMemberSegment(models.Model):
    """A segment (会员分群): quick fields and a domain of one's own, all of which a member has to fit.

    Birthdays are days in China; other days count in the time zone of the user. Amounts are in the company's currency, tax included.
    """

    _name = "cosmetics.member.segment"
    _description = "Member Segment"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, index="btree_not_null")
    note = fields.Text()
    # Who they are
    tier_ids = fields.Many2many("cosmetics.member.tier", string="Tiers")
    store_ids = fields.Many2many("cosmetics.store", "cosmetics_segment_store_rel", string="Home Stores")
    skin_type_ids = fields.Many2many("cosmetics.skin.type", string="Skin Types")
    skin_concern_ids = fields.Many2many("cosmetics.skin.concern", string="Skin Concerns")
    preferred_brand_ids = fields.Many2many("cosmetics.brand", "cosmetics_segment_preferred_brand_rel", string="Preferred Brands")
    is_birthday_near = fields.Boolean(string="Birthday Is Near")
    birthday_days = fields.Integer(string="Birthday Within Days", default=7)
    birthday_month = fields.Integer(help="1 to 12; 0: any.")
    consent = fields.Selection([("sms", "Marketing by SMS"), ("email", "Marketing by E-mail")], string="Has Agreed To")
    # What they do
    rfm = fields.Selection(
        selection=lambda self: self.env["cosmetics.member.figures"]._fields["segment"].selection,
        string="Kind of Buyer",
        help="By recency, frequency and money; made anew every night.",
    )
    sleeping_days = fields.Integer(string="No Purchase for Days", help="0: does not matter.")
    spend_from = fields.Float(string="Spend of the Last Months From", digits=(16, 2))
    spend_to = fields.Float(string="Spend of the Last Months To", digits=(16, 2))
    points_days = fields.Integer(string="Points Expire Within Days", help="0: does not matter.")
    # What they bought
    bought_product_ids = fields.Many2many("product.product", string="Bought Products")
    bought_category_ids = fields.Many2many("product.category", string="Bought Categories")
    bought_brand_ids = fields.Many2many("cosmetics.brand", "cosmetics_segment_bought_brand_rel", string="Bought Brands")
    bought_store_ids = fields.Many2many("cosmetics.store", "cosmetics_segment_bought_store_rel", string="Bought in Stores")
    bought_source = fields.Selection([("pos", "At the Till"), ("sale", "By Order")], string="Way of Buying")
    bought_days = fields.Integer(string="Bought Within Days", help="0: ever.")
    near_expiry_days = fields.Integer(
        string="Bought What Expires Within Days",
        help="Buyers of products of which batches in stock expire soon: goods to move. 0: does not matter.",
    )
    domain = fields.Char(string="Further Conditions", default="[]", required=True)
    member_count = fields.Integer(readonly=True, copy=False)
    counted_at = fields.Datetime(readonly=True, copy=False)

    _days_positive = models.Constraint(
        "CHECK(birthday_days >= 0 AND sleeping_days >= 0 AND points_days >= 0 AND bought_days >= 0 AND near_expiry_days >= 0"
        " AND birthday_month BETWEEN 0 AND 12)",
        "Days are not negative, and a month lies between 1 and 12.",
    )

    @api.constrains("domain")
    def _check_domain(self):
        """A condition that does not work, or on what its author may not read, is told when it is written, not at night."""
        for segment in self:
            try:
                # constraints run with all rights; the author is asked for
                self.env["res.partner"].sudo(False).search_count(segment._get_own_domain(), limit=1)
            except (ValueError, SyntaxError, KeyError, TypeError) as error:
                raise ValidationError(self.env._("The further conditions do not work: %(error)s.", error=error)) from error

    # ------------------------------------------------------------------ buttons
    def action_refresh(self):
        """Count the members now."""
        self.check_access("write")
        self._refresh()

    def action_open_members(self):
        """Show the members of this moment."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm.res_partner_action")
        members = self.env["res.partner"].search(self._get_domain(), limit=5000)
        return {**action, "domain": [("id", "in", members.ids)], "display_name": self.name}

    def action_make_campaign(self):
        """Open a new campaign for the members of this segment."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "cosmetics.campaign",
            "view_mode": "form",
            "context": {"default_segment_id": self.id, "default_name": self.name},
        }

    # ------------------------------------------------------------------ nightly
    def _refresh(self):
        for segment in self:
            segment.write({"member_count": segment._count(), "counted_at": fields.Datetime.now()})

    def _count(self):
        self.ensure_one()
        return self.env["res.partner"].search_count(self._get_domain())

    @api.model
    def _cron_refresh(self):
        """Count every segment anew, each in its own company."""
        segments = self.search([("active", "=", True)])
        for number, segment in enumerate(segments, start=1):
            segment.with_company(segment.company_id or self.env.company)._refresh()
            self.env["ir.cron"]._commit_progress(1, remaining=len(segments) - number)

    # ------------------------------------------------------------------ conditions
    def _get_own_domain(self):
        """Return the domain that people wrote themselves."""
        self.ensure_one()
        return Domain(literal_eval(self.domain or "[]"))

    def _get_domain(self):
        """Return the whole domain (of ``res.partner``) as of this moment."""
        self.ensure_one()
        parts = [Domain("is_member", "=", True), self._get_own_domain()]
        parts += [*self._get_person_domains(), *self._get_habit_domains(), *self._get_purchase_domains()]
        if self._is_profiling():
            parts.append(Domain("no_profiling", "=", False))
        if self.company_id:
            parts.append(Domain("company_id", "in", (False, self.company_id.id)))
        return Domain.AND(parts)

    def _is_profiling(self):
        """Return whether the segment judges members by what they did; some have refused that (PIPL art. 24)."""
        return bool(self._get_habit_domains() or self._get_purchase_domains())

    def _get_person_domains(self):
        many = {
            "member_tier_id": self.tier_ids,
            "member_store_id": self.store_ids,
            "skin_type_id": self.skin_type_ids,
            "skin_concern_ids": self.skin_concern_ids,
            "preferred_brand_ids": self.preferred_brand_ids,
        }
        parts = [Domain(name, "in", records.ids) for name, records in many.items() if records]
        if self.is_birthday_near:
            parts.append(self._get_birthday_domain(self.birthday_days))
        if self.birthday_month:
            parts.append(Domain("birthday_month", "=", self.birthday_month))
        if self.consent:
            parts.append(self._get_consent_domain(self.consent))
        return parts

    @api.model
    def _get_birthday_domain(self, days):
        return Domain.OR(
            Domain("birthday_month", "=", month)
            & Domain("birthday.day_of_month", ">=", first)
            & Domain("birthday.day_of_month", "<=", last)
            for month, first, last in birthdays.ranges(china_day(fields.Datetime.now()), days)
        )

    @api.model
    def _get_consent_domain(self, code):
        return Domain("consent_ids", "any", [("purpose_id.code", "=", code), ("withdrawn_at", "=", False)])

    def _get_habit_domains(self):
        today = fields.Date.context_today(self)
        figures = [Domain("segment", "=", self.rfm)] if self.rfm else []
        if self.sleeping_days:
            figures.append(Domain("last_purchase_on", "<", today - timedelta(days=self.sleeping_days)))
        if self.spend_from:
            figures.append(Domain("spend_window", ">=", self.spend_from))
        if self.spend_to:
            figures.append(Domain("spend_window", "<=", self.spend_to))
        parts = [Domain("member_figures_ids", "any", Domain.AND(figures))] if figures else []
        if self.points_days:
            batches = [("remaining", ">", 0), ("expires_on", ">=", today), ("expires_on", "<=", today + timedelta(days=self.points_days))]
            parts.append(Domain("loyalty_card_ids", "any", [("points_batch_ids", "any", batches)]))
        return parts

    def _get_purchase_domains(self):
        bought = [Domain("amount", ">", 0)]
        if self.bought_days:
            bought.append(Domain("date", ">=", fields.Datetime.now() - timedelta(days=self.bought_days)))
        if self.bought_source:
            bought.append(Domain("source", "=", self.bought_source))
        if self.bought_store_ids:
            bought.append(Domain("store_id", "in", self.bought_store_ids.ids))
        products = self._get_product_domain()
        if products is not None:
            # The products first: a handful of ids is what an index of order lines is for.
            found = self.env["product.product"].with_context(active_test=False).search(products)
            bought.append(Domain("product_id", "in", found.ids))
        return [Domain("member_purchase_ids", "any", Domain.AND(bought))] if len(bought) > 1 else []

    def _get_product_domain(self):
        """Return the domain of the products that have to be bought, None when any will do."""
        parts = []
        if self.bought_product_ids:
            parts.append(Domain("id", "in", self.bought_product_ids.ids))
        if self.bought_category_ids:
            parts.append(Domain("categ_id", "child_of", self.bought_category_ids.ids))
        if self.bought_brand_ids:
            parts.append(Domain("brand_id", "in", self.bought_brand_ids.ids))
        if self.near_expiry_days:
            parts.append(Domain("id", "in", self._get_products_near_expiry(self.near_expiry_days).ids))
        return Domain.AND(parts) if parts else None

    # ------------------------------------------------------------------ hooks
    def _get_products_near_expiry(self, days):
        """Return the products of which a batch in stock expires within ``days``; the module that knows batches answers."""
        return self.env["product.product"]
