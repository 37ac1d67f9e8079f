"""Requests against budgets: committed when approved, as far as nobody has ordered for them."""

from odoo import api, fields, models

LINE_FIELDS = frozenset(
    {"product_id", "product_qty", "product_uom_id", "estimated_cost", "cancelled", "request_id", "analytic_distribution"}
)
REQUEST_FIELDS = frozenset({"state", "picking_type_id", "company_id", "requested_by", "date_start"})
OPEN = ("approved", "in_progress")


class PurchaseRequest(models.Model):
    _inherit = "purchase.request"

    budget_note = fields.Char(string="Budget", compute="_compute_budget_note", help="What the budget leaves with this request in it.")

    @api.depends("expected_amount", "line_ids.budget_account_id", "line_ids.analytic_distribution", "state", "picking_type_id")
    @api.depends_context("lang")
    def _compute_budget_note(self):
        budgets = self.env["cosmetics.budget"]
        for request in self:
            is_counted = request.state in OPEN
            is_open = is_counted or request.state in request._states_open
            lines = request.line_ids._origin.filtered(lambda line: not line.cancelled) if is_open else request.line_ids.browse()
            # sudo: the clerk need not see vendor prices
            amounts = None if is_counted else {line: line.sudo()._get_expected_cost() for line in lines}
            request.budget_note = budgets._describe_pieces(lines._prepare_budget_pieces(amounts).values(), is_counted) or False

    def write(self, vals):
        if not REQUEST_FIELDS & vals.keys():
            return super().write(vals)
        before = self.line_ids._prepare_budget_pieces()
        res = super().write(vals)
        self.line_ids._check_commitments(before)
        return res


class PurchaseRequestLine(models.Model):
    _name = "purchase.request.line"
    _inherit = ["purchase.request.line", "cosmetics.budget.commitment"]

    @api.depends("product_id", "company_id")
    def _compute_budget_account_id(self):
        for line in self:
            company = line.company_id
            line.budget_account_id = self._get_bill_account(line.product_id, company)

    @api.depends("request_id.picking_type_id")
    def _compute_budget_store_id(self):
        for line in self:
            line.budget_store_id = line.request_id.picking_type_id.warehouse_id._get_store()

    @api.depends("request_id.requested_by")
    def _compute_budget_user_id(self):
        for line in self:
            line.budget_user_id = line.request_id.requested_by

    @api.depends("request_id.date_start")
    def _compute_budget_day(self):
        for line in self:
            line.budget_day = line.request_id.date_start

    @api.depends(
        "request_id.state",
        "cancelled",
        "product_id",
        "product_qty",
        "product_uom_id",
        "estimated_cost",
        "purchase_request_allocation_ids.requested_product_uom_qty",
        "purchase_request_allocation_ids.purchase_line_id.state",
        "purchase_request_allocation_ids.purchase_line_id.product_qty",
    )
    def _compute_committed_amount(self):
        for line in self:
            is_open = line.request_id.state in OPEN and not line.cancelled and line.product_qty > 0
            share = max(line.product_qty - line._get_confirmed_quantity(), 0) / line.product_qty if is_open else 0
            line.committed_amount = line._get_expected_cost() * share if share else 0

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.request_id.state in OPEN)._check_commitments({})
        return lines

    def write(self, vals):
        if not LINE_FIELDS & vals.keys():
            return super().write(vals)
        before = self._prepare_budget_pieces()
        res = super().write(vals)
        self._check_commitments(before)
        return res

    # ------------------------------------------------------------------ helpers
    def _get_budget_document(self):
        return self.request_id

    def _get_confirmed_quantity(self):
        """Return how much of this line confirmed orders take over, in its unit.

        A line of an order that serves several requests counts for each by what was allocated to it, whatever the buyer made of the sum.
        """
        self.ensure_one()
        taken = 0.0
        for allocation in self.purchase_request_allocation_ids:
            order_line = allocation.purchase_line_id
            whole = sum(
                other.product_uom_id._compute_quantity(other.requested_product_uom_qty, order_line.product_uom_id, round=False)
                for other in order_line.purchase_request_allocation_ids
            )
            if order_line.state == "purchase" and whole:
                taken += allocation.requested_product_uom_qty * order_line.product_qty / whole
        return taken
