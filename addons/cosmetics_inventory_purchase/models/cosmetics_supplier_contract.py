"""What was agreed with a vendor: term, prices, minimum, papers; and that it ends."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.exceptions import AccessError, UserError

MANAGER = "purchase.group_purchase_manager"
# What was approved: afterwards it is changed by reopening the contract, which managers of purchasing do.
TERMS = frozenset(
    {"partner_id", "company_id", "currency_id", "starts_on", "ends_on", "payment_term_id", "minimum_amount", "line_ids", "active"}
)


class CosmeticsSupplierContract(models.Model):
    """A contract with a vendor. Once approved by another person its prices bind orders, and its terms stay as they are."""

    _name = "cosmetics.supplier.contract"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Supplier Contract"
    _order = "ends_on desc, id desc"
    _rec_names_search = ["name", "partner_id.name"]
    _check_company_auto = True

    name = fields.Char(string="Contract No.", required=True, tracking=True)
    partner_id = fields.Many2one("res.partner", string="Vendor", required=True, index=True, ondelete="restrict", tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one("res.currency", required=True, default=lambda self: self.env.company.currency_id)
    starts_on = fields.Date(string="Valid From", required=True, default=fields.Date.context_today, tracking=True)
    ends_on = fields.Date(string="Valid Until", required=True, index=True, tracking=True, help="Last day on which the contract holds.")
    payment_term_id = fields.Many2one("account.payment.term", check_company=True, tracking=True)
    minimum_amount = fields.Monetary(string="Minimum of an Order", tracking=True, help="Without tax; an order below it is warned of.")
    line_ids = fields.One2many("cosmetics.supplier.contract.line", "contract_id", string="Agreed Prices", copy=True)
    attachment_ids = fields.Many2many(
        "ir.attachment", "cosmetics_supplier_contract_attachment_rel", string="Files", bypass_search_access=True
    )
    responsible_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, index="btree_not_null", help="Is reminded before it ends."
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False, tracking=True, index="btree_not_null")
    note = fields.Text(string="Notes")
    active = fields.Boolean(default=True)
    warned_for = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Not Approved"), ("coming", "Not Begun"), ("valid", "Valid"), ("expiring", "Expiring"), ("expired", "Expired")],
        compute="_compute_state",
    )

    _dates_ordered = models.Constraint("CHECK (starts_on <= ends_on)", "The contract ends before it begins. Correct one of the two dates.")
    _minimum_sane = models.Constraint(
        "CHECK (minimum_amount IS NULL OR minimum_amount >= 0)", "The minimum of an order cannot be negative. Enter 0 for none."
    )

    @api.depends("approved_by_id", "starts_on", "ends_on", "company_id.contract_warning_days")
    def _compute_state(self):
        today = self._today()
        for contract in self:
            if contract.ends_on and contract.ends_on < today:
                contract.state = "expired"
            elif not contract.approved_by_id:
                contract.state = "draft"
            elif contract.starts_on > today:
                contract.state = "coming"
            else:
                soon = today + timedelta(days=contract.company_id.contract_warning_days)
                contract.state = "expiring" if contract.ends_on <= soon else "valid"

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"approved_by_id", "warned_for"}

    @api.model_create_multi
    def create(self, vals_list):
        machine = self._get_machine_fields()
        contracts = super().create([{name: value for name, value in vals.items() if name not in machine} for vals in vals_list])
        contracts._claim_files()
        return contracts

    def write(self, vals):
        if self._get_machine_fields() & vals.keys() and not self.env.su:
            raise AccessError(self.env._("An approval is given by its button, not written."))
        if TERMS & vals.keys():
            self._check_open()
        res = super().write(vals)
        if "attachment_ids" in vals:
            self._claim_files()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self._check_open()

    def action_approve(self):
        """Approve contracts; who entered or changed one does not approve it."""
        self._check_manager()
        for contract in self.filtered(lambda contract: not contract.approved_by_id):
            if self.env.user in contract.create_uid | contract.write_uid | contract.line_ids.write_uid:
                raise UserError(self.env._("You entered or changed contract %s: somebody else approves it.", contract.name))
            if not contract.line_ids and not contract.minimum_amount and not contract.attachment_ids:
                raise UserError(self.env._("Contract %s is empty: enter a price, a minimum or a file first.", contract.name))
            contract.sudo().approved_by_id = self.env.user  # sudo: a field of the machine, by the person checked above

    def action_reopen(self):
        """Take an approval back, so that the terms can be changed and approved anew."""
        self._check_manager()
        self.sudo().approved_by_id = False  # sudo: a field of the machine, by the person checked above

    def action_take_over_prices(self):
        """Enter the agreed prices in the price list of the vendor, for the term of the contract; existing ones of the term are updated."""
        self.ensure_one()
        if not self.approved_by_id:
            raise UserError(self.env._("Contract %s is not approved: its prices do not hold yet.", self.name))
        prices = self.env["product.supplierinfo"]
        for line in self.line_ids:
            known = prices.search(
                [
                    ("partner_id", "=", self.partner_id.id),
                    ("product_id", "=", line.product_id.id),
                    ("min_qty", "=", line.min_quantity),
                    ("date_start", "=", self.starts_on),
                    ("company_id", "=", self.company_id.id),
                ],
                limit=1,
            )
            vals = {"price": line.price, "date_end": self.ends_on, "currency_id": self.currency_id.id}
            if known:
                known.write(vals)
            else:
                prices.create(vals | self._prepare_price_vals(line))
        return self.env["ir.actions.act_window"]._for_xml_id("product.product_supplierinfo_type_action") | {
            "domain": [("partner_id", "=", self.partner_id.id)],
            "context": {},
        }

    def _prepare_price_vals(self, line):
        """Return what names a price of the vendor."""
        return {
            "partner_id": self.partner_id.id,
            "product_tmpl_id": line.product_id.product_tmpl_id.id,
            "product_id": line.product_id.id,
            "min_qty": line.min_quantity,
            "date_start": self.starts_on,
            "company_id": self.company_id.id,
        }

    def _check_manager(self):
        self.check_access("write")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Contracts are approved and reopened by the managers of purchasing."))

    def _check_open(self):
        if approved := self.filtered("approved_by_id"):
            raise UserError(
                self.env._(
                    "Contract %s is approved: its terms stay. A manager of purchasing reopens it, or enter a new one.", approved[0].name
                )
            )

    def _claim_files(self):
        """Let the files belong to their contract, so that who reads it reads them."""
        for contract in self.filtered("attachment_ids"):
            claimed = contract.attachment_ids._claim_for(contract)
            if claimed != contract.attachment_ids:
                contract.attachment_ids = claimed

    @api.model
    def _today(self):
        return china_day(fields.Datetime.now())

    @api.model
    def _get_valid(self, partner, company, day):
        """Return the approved contracts of a vendor that hold on a day."""
        return self.search(
            [
                ("partner_id", "child_of", partner.commercial_partner_id.ids),
                ("company_id", "=", company.id),
                ("approved_by_id", "!=", False),
                ("starts_on", "<=", day),
                ("ends_on", ">=", day),
            ]
        )

    @api.model
    def _cron_warn(self):
        """Remind the responsible once before a contract ends."""
        today = self._today()
        for company in self.env["res.company"].search([]):  # pylint: disable=no-search-all; a handful of companies
            end = today + timedelta(days=company.contract_warning_days)
            ending = self.search([("company_id", "=", company.id), ("ends_on", ">=", today), ("ends_on", "<=", end)])
            for contract in ending.filtered(lambda contract: contract.warned_for != contract.ends_on):
                contract.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=contract.ends_on,
                    summary=self.env._("Supplier contract ends soon"),
                    user_id=(contract.responsible_id or contract.create_uid).id,
                )
                contract.warned_for = contract.ends_on


class CosmeticsSupplierContractLine(models.Model):
    _name = "cosmetics.supplier.contract.line"
    _description = "Agreed Price"
    _order = "contract_id, product_id, min_quantity"
    _rec_name = "product_id"
    _check_company_auto = True

    contract_id = fields.Many2one("cosmetics.supplier.contract", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    currency_id = fields.Many2one(related="contract_id.currency_id")
    product_id = fields.Many2one("product.product", required=True, index=True, ondelete="restrict", check_company=True)
    uom_id = fields.Many2one(related="product_id.uom_id", string="Per")
    price = fields.Float(
        string="Agreed Unit Price", digits="Product Price", required=True, help="For one unit of the product, without tax."
    )
    min_quantity = fields.Float(
        string="From Quantity", digits="Product Unit", required=True, default=0.0, help="The price holds from this quantity on."
    )

    _one_per_quantity = models.Constraint(
        "UNIQUE (contract_id, product_id, min_quantity)", "The contract has a price for this product and quantity already."
    )
    _price_sane = models.Constraint("CHECK (price > 0 AND min_quantity >= 0)", "An agreed price is above 0.")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.contract_id._check_open()
        return lines

    def write(self, vals):
        self.contract_id._check_open()
        res = super().write(vals)
        self.contract_id._check_open()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self.contract_id._check_open()
