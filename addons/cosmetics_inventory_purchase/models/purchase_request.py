"""A shop asks for goods: what is asked, for which shop, and who has to agree before anybody buys."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import approval


class PurchaseRequest(models.Model):
    _name = "purchase.request"
    # The shared approval comes first: it replaces the gates of the approval tiers.
    _inherit = ["cosmetics.purchase.approval", "purchase.request"]
    _state_from = ["draft", "to_approve"]

    _approved_fields = frozenset({"company_id", "picking_type_id", "line_ids"})
    _standing_fields = _approved_fields
    _states_open = ("draft", "to_approve")
    _states_approved = ("approved", "in_progress", "done")

    expected_amount = fields.Monetary(
        compute="_compute_expected_amount",
        help="What the goods will cost by the price of their first vendor, or by their cost, if nobody estimates more.",
    )

    @api.depends("line_ids.product_id", "line_ids.product_qty", "line_ids.product_uom_id", "line_ids.estimated_cost", "line_ids.cancelled")
    def _compute_expected_amount(self):
        # sudo: the clerk need not see vendor prices; the total is what an approver decides on
        for request in self.sudo():
            request.expected_amount = sum(line._get_expected_cost() for line in request.line_ids if not line.cancelled)

    @api.model
    def _default_picking_type(self):
        """Goods go to the shop where whoever asks works."""
        stores = self.env.user.store_ids.filtered(lambda store: store.company_id == self.env.company and store.warehouse_id)
        return stores[:1].warehouse_id.in_type_id or super()._default_picking_type()

    # ------------------------------------------------------------------ actions
    def button_draft(self):
        """A draft first: the lines wake up in a state in which they may."""
        self.write({"state": "draft"})
        return super().button_draft()

    def button_to_approve(self):
        """The button of the purchase requests: to ask for approval is one thing here."""
        return self.action_approval_request()

    # ------------------------------------------------------------------ approval
    @api.model
    def _get_approval_depends(self):
        lines = ("product_id.categ_id", "product_qty", "product_uom_id", "estimated_cost", "cancelled")
        return [*super()._get_approval_depends(), *(f"line_ids.{name}" for name in lines)]

    def _get_approval_content(self):
        self.ensure_one()
        head = [self.company_id.id, self.picking_type_id.id]
        return head, sorted(line._get_approval_content() for line in self.line_ids)

    def _get_approval_facts(self):
        facts = {}
        for request in self:
            products = request.line_ids.filtered(lambda line: not line.cancelled).product_id
            facts[request] = approval.Facts(
                round(request.expected_amount, 2), products._get_approval_categories(), request._get_approval_warehouse().id or 0
            )
        return facts

    def _get_approval_authors(self):
        return super()._get_approval_authors() | self.requested_by

    def _before_approval_request(self):
        for request in self:
            lines = request.line_ids.filtered(lambda line: not line.cancelled)
            if not lines or any(not line.product_id or line.product_qty <= 0 for line in lines):
                raise UserError(
                    self.env._("%(request)s: enter at least one product, and a quantity above 0 for each line.", request=request.name)
                )

    def _after_approval(self, status):
        """Move on when nothing is missing, wait when something is; a refused request goes back to whoever asked."""
        res = super()._after_approval(status)
        missing = self._get_missing_nodes()
        # sudo: who approves does not write requests
        for request in self.sudo().filtered(lambda request: request.state in request._states_open):
            waits = "to_approve" if missing[self.browse(request.id)] else "approved"
            state = "draft" if status == "rejected" else waits
            if request.state != state:
                request.write({"state": state})
        return res

    def _allow_to_remove_reviews(self, values):
        """Waiting and back is no new beginning: an approval falls by a change of content alone, or when an approved request is reset."""
        return values.get("state") == "draft" and self.state in (*self._states_approved, "rejected")

    def _withdraw_approvals(self):
        res = super()._withdraw_approvals()
        if self.state == "to_approve":
            self.write({"state": "draft"})
        return res


class PurchaseRequestLine(models.Model):
    _inherit = "purchase.request.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([self._prepare_defaults(vals) | vals for vals in vals_list])
        lines.request_id._after_approval_change()
        lines.request_id.filtered(lambda request: request.state in request._states_approved)._check_still_approved()
        return lines

    def write(self, vals):
        if not {"product_id", "product_qty", "product_uom_id", "estimated_cost", "cancelled", "request_id", "name"} & vals.keys():
            return super().write(vals)
        requests = self.request_id
        standing = requests._get_standing() if vals.keys() != {"cancelled"} or not vals["cancelled"] else {}
        res = super().write(vals)
        (requests | self.request_id)._after_approval_change()
        (requests | self.request_id)._check_standing(standing | dict.fromkeys(self.request_id - requests))
        return res

    def unlink(self):
        requests = self.request_id
        res = super().unlink()
        requests.exists()._after_approval_change()
        return res

    # ------------------------------------------------------------------ helpers
    @api.model
    def _prepare_defaults(self, vals):
        """Return what a form fills in: an import or a call gives the product alone."""
        product = self.env["product.product"].browse(vals.get("product_id"))
        return {"product_uom_id": product.uom_id.id, "name": product.display_name} if product else {}

    def _get_approval_content(self):
        """Return what an approver sees of this line, in a form that sorts."""
        self.ensure_one()
        return (
            self.product_id.id or 0,
            self.product_uom_id.id or 0,
            round(self.product_qty, 6),
            round(self.estimated_cost or 0.0, 2),
            bool(self.cancelled),
            "" if self.product_id else self.name or "",
        )

    def _get_expected_cost(self):
        """Return what the line will cost in the currency of the company: the estimate, or quantity by price if that is more."""
        self.ensure_one()
        product, company = self.product_id.with_company(self.company_id), self.company_id or self.env.company
        if not product:
            return self.estimated_cost
        unit = self.product_uom_id or product.uom_id
        quantity = unit._compute_quantity(self.product_qty, product.uom_id)
        price = product.standard_price
        seller = product._select_seller(quantity=quantity, uom_id=product.uom_id)
        if seller:
            listed = seller.product_uom_id._compute_price(seller.price, product.uom_id)
            price = seller.currency_id._convert(listed, company.currency_id, company, fields.Date.context_today(self), round=False)
        return max(self.estimated_cost, company.currency_id.round(quantity * price))
