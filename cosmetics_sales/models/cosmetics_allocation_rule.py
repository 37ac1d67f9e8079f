"""Which orders may be given from where, and what decides."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.allocation import Place
from ..tools.district_distance import distance

TURNS = [("0", "Before all others"), ("1", "In turn"), ("2", "After all others")]
CRITERIA = [
    ("full", "Everything from one place"),
    ("priority", "Order of the candidates"),
    ("nearest", "Nearest to the receiver"),
    ("load", "Fewest open deliveries"),
    ("expiry", "Goods that expire first"),
]


class CosmeticsAllocationRule(models.Model):
    """The first rule whose conditions hold chooses for an order. That goods keep the promised shelf life is no criterion: it is a must."""

    _name = "cosmetics.allocation.rule"
    _description = "Allocation Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="The first rule that fits an order decides.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", default=lambda self: self.env.company, help="Empty: all companies share the rule."
    )
    # ------------------------------------------------------------------ conditions
    channel_ids = fields.Many2many("cosmetics.channel", string="Sales Channels", help="Empty: every channel.")
    district_ids = fields.Many2many("l10n_cn_xian.district", string="Receiver's Districts", help="Empty: every district.")
    state_ids = fields.Many2many("res.country.state", string="Receiver's Provinces", help="Empty: every province.")
    partner_category_ids = fields.Many2many("res.partner.category", string="Customer Tags", help="The customer has one of them.")
    product_category_ids = fields.Many2many(
        "product.category", string="Product Categories", help="A product of the order is in one of them, or below."
    )
    amount_min = fields.Float(string="Order Amount from", digits="Product Price", help="In the currency of the order; 0: any amount.")
    amount_max = fields.Float(string="Order Amount up to", digits="Product Price", help="In the currency of the order; 0: any amount.")
    # ------------------------------------------------------------------ candidates
    candidates = fields.Selection(
        [("all", "Every warehouse and shop"), ("listed", "Only those listed")],
        string="May Come from",
        required=True,
        default="all",
        help="Of all places the usual warehouse of the channel comes first, then those that supply others, then the shops.",
    )
    place_ids = fields.One2many("cosmetics.allocation.place", "rule_id", string="Listed Places", copy=True)
    reserve_quantity = fields.Float(
        string="Kept in Each Shop",
        digits="Product Unit",
        help="Units of each product that a shop keeps for customers who walk in, unless it is listed with its own quantity.",
    )
    # ------------------------------------------------------------------ what decides
    criterion_first = fields.Selection(CRITERIA, string="First Look at", required=True, default="full")
    criterion_second = fields.Selection(CRITERIA, string="Then at", default="priority")
    criterion_third = fields.Selection(CRITERIA, string="Third", default="nearest")
    criterion_fourth = fields.Selection(CRITERIA, string="Fourth", default="load")
    max_parcels = fields.Integer(
        string="Parcels at Most", required=True, default=1, help="How many places may give an order together; 1: it is never split."
    )
    is_partial_allowed = fields.Boolean(
        string="Deliver What Is There", help="Deliver what is there and keep the rest waiting; else the whole order waits."
    )
    turn = fields.Selection(
        TURNS, required=True, default="1", help="Who gets goods first when there are not enough; within one turn, who came first."
    )
    keeps_goods = fields.Boolean(
        string="Put Goods Aside",
        default=True,
        help="While a confirmed order waits, what comes in is put aside for it until everything is there; else later orders may take it.",
    )

    _max_parcels_positive = models.Constraint("CHECK (max_parcels >= 1)", "An order needs at least one parcel. Enter 1 or more.")
    _amounts = models.Constraint(
        "CHECK (amount_min >= 0 AND amount_max >= 0 AND (amount_max = 0 OR amount_max >= amount_min))",
        "The amount ends below where it begins. Correct the amounts.",
    )
    _reserve_positive = models.Constraint("CHECK (reserve_quantity >= 0)", "What a shop keeps cannot be negative. Correct the quantity.")

    @api.constrains("candidates", "place_ids")
    def _check_places(self):
        """A rule that may choose of nothing would make every order wait."""
        for rule in self:
            if rule.candidates == "listed" and not rule.place_ids:
                raise ValidationError(
                    self.env._("“%s” lists no warehouse. Add a candidate, or let it choose of every warehouse and shop.", rule.name)
                )

    @api.constrains("criterion_first", "criterion_second", "criterion_third", "criterion_fourth")
    def _check_criteria(self):
        for rule in self:
            criteria = rule._get_criteria()
            if len(set(criteria)) < len(criteria):
                raise ValidationError(self.env._("“%s” looks at the same thing twice. Choose each criterion once.", rule.name))

    @api.constrains("company_id", "place_ids")
    def _check_place_company(self):
        for rule in self.filtered("company_id"):
            if foreign := rule.place_ids.warehouse_id.filtered(lambda warehouse, rule=rule: warehouse.company_id != rule.company_id):
                raise ValidationError(
                    self.env._("“%s” belongs to another company. Choose a warehouse of the company of the rule.", foreign[0].name)
                )

    # ------------------------------------------------------------------ hooks
    def _is_matching(self, order):
        """Tell if every condition of the rule holds for an order. Joins add their conditions."""
        self.ensure_one()
        return (
            (not self.channel_ids or order.channel_id in self.channel_ids)
            and order.amount_total >= self.amount_min
            and (not self.amount_max or order.amount_total <= self.amount_max)
            and (not self.partner_category_ids or bool(order.partner_id.commercial_partner_id.category_id & self.partner_category_ids))
            and self._is_matching_address(order)
            and self._is_matching_products(order)
        )

    def _is_matching_address(self, order):
        if not self.district_ids and not self.state_ids:
            return True
        district = order._get_receiver()["district"]
        state = district.state_id or order.partner_shipping_id.state_id
        return (not self.district_ids or district in self.district_ids) and (not self.state_ids or state in self.state_ids)

    def _is_matching_products(self, order):
        paths = tuple(category.parent_path for category in self.product_category_ids)
        return not paths or any((category.parent_path or "").startswith(paths) for category in order.order_line.product_id.categ_id)

    # ------------------------------------------------------------------ helpers
    @api.model
    def _is_any(self, companies):
        """Tell if one of these companies has a rule at all."""
        # sudo: a rule binds whoever sells, whatever the user may see of it
        return bool(companies) and bool(self.sudo().search_count([("company_id", "in", [*companies.ids, False])], limit=1))

    @api.model
    def _find_rules(self, orders):
        """Return {order: rule that decides, empty when none fits}."""
        # sudo: a rule binds whoever sells, whatever the user may see of other channels and warehouses
        rules = self.sudo().search([("company_id", "in", [*orders.company_id.ids, False])])
        return {
            order: next(
                (rule for rule in rules if rule.company_id in (order.company_id, rule.company_id.browse()) and rule._is_matching(order)),
                rules.browse(),
            )
            for order in orders.sudo()
        }

    def _get_criteria(self):
        """Return the criteria that are set, in their order."""
        self.ensure_one()
        names = (self.criterion_first, self.criterion_second, self.criterion_third, self.criterion_fourth)
        return tuple(name for name in names if name)

    def _get_places(self, order, warehouses, district):
        """Return the candidates for an order as `Place`s.

        :param warehouses: every warehouse of the company, those that supply others first (see `stock.warehouse`)
        :param district: l10n_cn_xian.district of the receiver
        """
        self.ensure_one()
        reserves = {place.warehouse_id: place.reserve_quantity for place in self.place_ids}
        if self.candidates == "listed":
            chosen = self.place_ids.warehouse_id & warehouses
        else:
            usual = order.channel_id.warehouse_id & warehouses
            chosen = usual | warehouses
        centres = warehouses.resupply_wh_ids or warehouses[:1]
        return tuple(
            Place(
                key=warehouse.id,
                priority=priority,
                distance=distance(warehouse.partner_id.district_id.gb_code or "", district.gb_code or ""),
                reserve=reserves.get(warehouse, 0.0 if warehouse in centres else self.reserve_quantity),
            )
            for priority, warehouse in enumerate(chosen)
        )
