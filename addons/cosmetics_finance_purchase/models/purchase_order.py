"""Orders to vendors against budgets: committed when confirmed, free again when billed, cancelled or closed."""

from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.exceptions import AccessError

LINE_FIELDS = frozenset(
    {"product_id", "product_qty", "product_uom_id", "price_unit", "discount", "tax_ids", "order_id", "analytic_distribution"}
)
ORDER_FIELDS = frozenset(
    {"state", "is_bill_complete", "picking_type_id", "currency_id", "company_id", "user_id", "fiscal_position_id", "date_approve"}
)


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    is_bill_complete = fields.Boolean(
        string="No More Bills",
        readonly=True,
        copy=False,
        tracking=True,
        help="What is not billed of this order will not be: it takes nothing of a budget any more.",
    )
    budget_currency_id = fields.Many2one(related="company_id.currency_id", string="Currency of the Budget")
    committed_amount = fields.Monetary(
        string="Committed", compute="_compute_committed_amount", currency_field="budget_currency_id", help="Not billed yet, without tax."
    )
    budget_note = fields.Char(string="Budget", compute="_compute_budget_note", help="What the budget leaves with this order in it.")

    @api.depends("order_line.committed_amount")
    def _compute_committed_amount(self):
        for order in self:
            order.committed_amount = sum(order.order_line.mapped("committed_amount"))

    @api.depends(
        "order_line.price_subtotal", "order_line.budget_account_id", "order_line.analytic_distribution", "state", "picking_type_id"
    )
    @api.depends_context("lang")
    def _compute_budget_note(self):
        budgets = self.env["cosmetics.budget"]
        for order in self:
            lines = order.order_line._origin if order.state != "cancel" else order.order_line.browse()
            is_counted = order.state == "purchase"
            amounts = None if is_counted else {line: line._get_company_amount() for line in lines}
            pieces = lines._prepare_budget_pieces(amounts).values()
            order.budget_note = budgets._describe_pieces(pieces, is_counted) or False

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"is_bill_complete"}

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_buttons(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_buttons(vals)
        if vals.get("state", "purchase") != "purchase":
            # Whoever confirms it anew asks the budget anew.
            vals = {**vals, "is_bill_complete": False}
        if not ORDER_FIELDS & vals.keys():
            return super().write(vals)
        before = self.order_line._prepare_budget_pieces()
        res = super().write(vals)
        self.order_line._check_commitments(before)
        return res

    def _check_buttons(self, vals):
        if "is_bill_complete" in vals and not self.env.su:
            raise AccessError(self.env._("Whether more bills will come is said with the buttons of the order."))

    def action_bill_complete(self):
        """Say that no more bills will come for these orders: what is left of them takes nothing of a budget."""
        self.check_access("write")
        # sudo: the buttons alone write it
        self.filtered(lambda order: order.state == "purchase").sudo().write({"is_bill_complete": True})

    def action_bill_expected(self):
        """Say that more bills will come after all; the budget is asked again."""
        self.check_access("write")
        # sudo: the buttons alone write it
        self.filtered("is_bill_complete").sudo().write({"is_bill_complete": False})


class PurchaseOrderLine(models.Model):
    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "cosmetics.budget.commitment"]

    @api.depends("product_id", "company_id", "order_id.fiscal_position_id")
    def _compute_budget_account_id(self):
        for line in self:
            company = line.company_id
            fiscal_position = line.order_id.fiscal_position_id
            line.budget_account_id = self._get_bill_account(line.product_id, company, fiscal_position)

    @api.depends("order_id.picking_type_id")
    def _compute_budget_store_id(self):
        for line in self:
            line.budget_store_id = line.order_id.picking_type_id.warehouse_id._get_store()

    @api.depends("order_id.user_id", "purchase_request_lines.requested_by")
    def _compute_budget_user_id(self):
        for line in self:
            line.budget_user_id = line.purchase_request_lines.requested_by[:1] or line.order_id.user_id

    @api.depends("order_id.date_approve", "order_id.date_order")
    def _compute_budget_day(self):
        for line in self:
            moment = line.order_id.date_approve or line.order_id.date_order
            line.budget_day = moment and china_day(moment)

    @api.depends(
        "order_id.state",
        "order_id.is_bill_complete",
        "order_id.currency_rate",
        "product_qty",
        "product_uom_id",
        "price_subtotal",
        "invoice_lines.quantity",
        "invoice_lines.product_uom_id",
        "invoice_lines.move_id.state",
    )
    def _compute_committed_amount(self):
        for line in self:
            order = line.order_id
            is_open = order.state == "purchase" and not order.is_bill_complete and line.product_qty > 0
            share = max(line.product_qty - line._get_posted_quantity(), 0) / line.product_qty if is_open else 0
            line.committed_amount = max(line._get_company_amount() * share, 0)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.order_id.state == "purchase")._check_commitments({})
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
        return self.order_id

    def _get_company_amount(self):
        """Return what this line costs without tax, in the currency of the company."""
        self.ensure_one()
        return self.price_subtotal / (self.order_id.currency_rate or 1.0)

    def _get_posted_quantity(self):
        """Return the quantity of this line in posted bills, less that of refunds. Core counts drafts too, which the books do not hold."""
        self.ensure_one()
        return sum(
            item.product_uom_id._compute_quantity(item.quantity, self.product_uom_id, round=False)
            * (-1 if item.move_id.move_type == "in_refund" else 1)
            for item in self.invoice_lines
            if item.move_id.state == "posted"
        )

    def _prepare_account_move_line(self, move=False):
        """The shop that an order is for spends its bill."""
        return {**super()._prepare_account_move_line(move), "store_id": self.budget_store_id.id}
