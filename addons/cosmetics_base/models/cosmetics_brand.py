from odoo import fields, models


class CosmeticsBrand(models.Model):
    """The brand a product is sold under; it owns series."""

    _name = "cosmetics.brand"
    _inherit = ["mail.thread", "image.mixin"]
    _description = "Brand"
    _order = "sequence, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, index="trigram", tracking=True)
    code = fields.Char(help="Short code of the brand, e.g. YLX. It prefixes internal references if you wish.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one("res.partner", string="Brand Owner", index="btree_not_null")
    country_id = fields.Many2one("res.country", string="Country of the Brand")
    description = fields.Text()
    series_ids = fields.One2many("cosmetics.series", "brand_id")
    product_tmpl_ids = fields.One2many("product.template", "brand_id", string="Products")
    product_count = fields.Integer(string="Number of Products", compute="_compute_product_count")

    _name_uniq = models.UniqueIndex("(lower(name))", "A brand with this name exists already. Use it, or give the new one another name.")

    def _compute_product_count(self):
        counts = dict(self.env["product.template"]._read_group([("brand_id", "in", self.ids)], ["brand_id"], ["__count"]))
        for brand in self:
            brand.product_count = counts.get(brand, 0)

    def action_view_products(self):
        """Open the products of the brand."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_base.product_template_action")
        action["domain"] = [("brand_id", "=", self.id)]
        action["context"] = {"default_brand_id": self.id}
        return action
