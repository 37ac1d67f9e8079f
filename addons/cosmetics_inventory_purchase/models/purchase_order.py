"""A request becomes an order only with products that may be bought, and the buyer hears of papers that do not hold."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.models.product_template import REGULATED_KINDS


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    supplier_paper_warning = fields.Text(
        compute="_compute_supplier_paper_warning",
        help="Papers of the vendor that are missing or have expired. Goods received without them wait in quarantine.",
    )

    @api.depends("partner_id", "order_line.product_id", "state", "company_id")
    def _compute_supplier_paper_warning(self):
        for order in self:
            is_open = order.partner_id and order.state in {"draft", "sent", "to approve", "purchase"}
            regulated = order.order_line.product_id.filtered(lambda product: product.cosmetic_kind in REGULATED_KINDS)
            order.supplier_paper_warning = order._get_paper_warning() if is_open and regulated else False

    @api.constrains("state")
    def _check_product_lifecycle(self):
        """Look again when a request is confirmed or approved: its products may have moved on since."""
        self.filtered(lambda order: order.state in {"to approve", "purchase"}).order_line._check_product_lifecycle()

    def _get_paper_warning(self):
        """Return one sentence for each kind of paper that does not hold today, False when all do."""
        self.ensure_one()
        papers = self.env["cosmetics.supplier.document"].with_company(self.company_id)
        mine = papers.search([("partner_id", "child_of", self.partner_id.commercial_partner_id.ids)])
        kinds = dict(papers._fields["kind"]._description_selection(self.env))
        valid = set(mine.filtered(lambda paper: paper.state != "expired").mapped("kind"))
        sentences = [
            self.env._(
                "%(paper)s: expired on %(day)s. Ask for the new one before the goods arrive.", paper=kinds[paper.kind], day=paper.expires_on
            )
            for paper in mine
            if paper.state == "expired" and paper.kind not in valid
        ]
        if self.company_id.inspection_needs_licence and "business_licence" not in set(mine.mapped("kind")):
            sentences.append(self.env._("The business licence of this vendor is not on file: what arrives waits in quarantine."))
        return "\n".join(sentences) or False
