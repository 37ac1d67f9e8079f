"""How fresh goods are when they reach whom: the promise of a minimum remaining life."""

from odoo import api, fields, models, tools

from ..tools import shelf_life


class CosmeticsShelfLifePromise(models.Model):
    """A minimum remaining life, in days or as a share of the whole, for a customer, a group, a store or a category.

    The most specific rule decides alone: customer, then customer group, then store (or channel), then product
    category, then the rule for all. Reservation, availability and the goods that leave obey it.
    """

    _name = "cosmetics.shelf.life.promise"
    _description = "Shelf Life Promise"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="Of two equally specific promises the first one counts.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", default=lambda self: self.env.company)
    min_days = fields.Integer(string="Minimum Days", help="Days that are left at least when the goods leave, e.g. 180.")
    min_share = fields.Float(
        string="Minimum Share", digits=(3, 2), help="Share of the whole shelf life that is left at least, 0 to 1, e.g. 0.50 for half of it."
    )
    partner_id = fields.Many2one("res.partner", string="Customer", index="btree_not_null", ondelete="cascade", check_company=True)
    partner_category_id = fields.Many2one("res.partner.category", string="Customer Group", ondelete="cascade")
    store_id = fields.Many2one("cosmetics.store", ondelete="cascade", check_company=True, help="Goods that leave from this store.")
    product_category_id = fields.Many2one("product.category", ondelete="cascade")

    _min_days_positive = models.Constraint("CHECK (min_days >= 0)", "The minimum is a number of days from 0, e.g. 180.")
    _min_share_range = models.Constraint(
        "CHECK (min_share >= 0 AND min_share <= 1)", "The minimum share lies between 0 and 1, e.g. 0.50 for half of the shelf life."
    )
    _promises_something = models.Constraint(
        "CHECK (COALESCE(min_days, 0) > 0 OR COALESCE(min_share, 0) > 0)",
        "A promise needs a minimum: enter days, a share of the shelf life, or both.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache("company_id")
    def _get_rules(self, company_id):
        """Return the ids of the active promises of a company, in their order; every move asks, so they are kept."""
        # sudo: a promise holds for everybody who ships, whoever may read it
        return tuple(self.sudo().search([("company_id", "in", [company_id, False])]).ids)

    @api.model
    def _get_floor(self, product, facts, day):
        """Return the earliest use-by date that may leave on `day`, or None when nothing is promised.

        :param product: product.product
        :param dict facts: partner, store, channel_id, company_id as from `stock.move._get_promise_facts()`
        :param date day: the China day on which the goods leave
        """
        company_id = facts.get("company_id") or self.env.company.id
        promises = self.sudo().browse(self._get_rules(company_id))  # sudo: see _get_rules
        matching = promises.filtered(lambda promise: promise._is_matching(product, facts))
        if not matching:
            return None
        promise = max(matching, key=lambda promise: promise._get_specificity())
        months = product.shelf_life_months
        total = shelf_life.total_days(day, shelf_life.expiry_of(day, months), months) if months else 0
        return shelf_life.promise_floor(day, promise.min_days, promise.min_share, total)

    def _is_matching(self, product, facts):
        """Return whether every condition of this promise holds. Joins add their conditions."""
        self.ensure_one()
        partner = (facts.get("partner") or self.env["res.partner"]).sudo()
        family = partner | partner.commercial_partner_id
        store = facts.get("store") or self.env["cosmetics.store"]
        category = self.product_category_id
        return (
            (not self.partner_id or self.partner_id in family)
            and (not self.partner_category_id or any(self._is_within(tag, self.partner_category_id) for tag in family.category_id))
            and (not self.store_id or self.store_id.id == store.id)
            and (not category or self._is_within(product.sudo().categ_id, category))
        )

    def _get_specificity(self):
        """Return how specific the promise is, as a tuple: the greater one wins. Joins rank their conditions with the store."""
        self.ensure_one()
        return (bool(self.partner_id), bool(self.partner_category_id), bool(self.store_id), bool(self.product_category_id))

    @api.model
    def _is_within(self, record, parent):
        """Return whether a record of a tree is `parent` or lies under it."""
        return (record.parent_path or "").startswith(parent.parent_path or "-")
