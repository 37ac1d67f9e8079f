from odoo import api, fields, models


class CosmeticsStore(models.Model):
    """A place that sells or keeps goods: shop, counter, warehouse or online shop. Apps hang their warehouse, till and team on it."""

    _name = "cosmetics.store"
    _inherit = ["mail.thread"]
    _description = "Store"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(required=True, tracking=True, help="Short code printed on documents, e.g. XZ01.")
    kind = fields.Selection(
        [("shop", "Shop"), ("counter", "Counter"), ("warehouse", "Warehouse"), ("online", "Online Shop")],
        required=True,
        default="shop",
        tracking=True,
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one("res.partner", string="Address", check_company=True)
    phone = fields.Char(related="partner_id.phone", string="Phone")
    manager_id = fields.Many2one("res.users", string="Store Manager", tracking=True, index="btree_not_null")
    user_ids = fields.Many2many(
        "res.users",
        "cosmetics_store_user_rel",
        "store_id",
        "user_id",
        string="Staff",
        help="Users who work here. They see the store and its records; the manager always belongs to the staff.",
    )

    _code_uniq = models.UniqueIndex(
        "(company_id, lower(code))", "The company has a store with this code already. Choose another code, e.g. XZ02."
    )

    @api.model_create_multi
    def create(self, vals_list):
        stores = super().create(vals_list)
        stores._add_manager_to_staff()
        self.env.registry.clear_cache()  # rules of other apps may have kept a user's stores
        return stores

    def write(self, vals):
        res = super().write(vals)
        if "manager_id" in vals or "user_ids" in vals:
            self._add_manager_to_staff()
            self.env.registry.clear_cache()
        return res

    def _add_manager_to_staff(self):
        """Shop rules look at the staff alone, so a manager who is not among them would not see the own store."""
        for store in self:
            if store.manager_id and store.manager_id not in store.user_ids:
                store.user_ids |= store.manager_id
