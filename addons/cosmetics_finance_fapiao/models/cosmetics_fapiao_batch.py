import base64

from odoo import Command, api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError

from ..tools import issue_file


class CosmeticsFapiaoBatch(models.Model):
    """Invoices to be issued together: checked, written into the file of the tax platform, found again when it has issued them."""

    _name = "cosmetics.fapiao.batch"
    _description = "Issue List of Tax Invoices"
    _inherit = ["mail.thread", "cosmetics.counted.document"]
    _order = "id desc"
    _kept = frozenset({"file", "file_name", "exported_at"})

    name = fields.Char(required=True, readonly=True, copy=False, default=lambda self: self.env._("New"))
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    request_ids = fields.One2many("cosmetics.fapiao.request", "batch_id", string="Invoices")
    request_count = fields.Integer(string="Number of Invoices", compute="_compute_counts")
    open_count = fields.Integer(string="Not Issued Yet", compute="_compute_counts")
    blocked_count = fields.Integer(string="Cannot Be Issued", compute="_compute_counts")
    total = fields.Monetary(string="Total with Tax", compute="_compute_counts")
    file = fields.Binary(string="File for the Tax Platform", readonly=True, copy=False)
    file_name = fields.Char(readonly=True, copy=False)
    exported_at = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection([("draft", "New"), ("exported", "File Written"), ("done", "All Issued")], compute="_compute_state", store=True)

    @api.depends("request_ids.state", "request_ids.is_blocked")
    def _compute_counts(self):
        for batch in self:
            requests = batch.request_ids.filtered(lambda request: request.state != "void")
            batch.request_count = len(requests)
            batch.open_count = len(requests.filtered(lambda request: request.state != "issued"))
            batch.blocked_count = len(requests.filtered(lambda request: request.is_blocked and request.state != "issued"))
            batch.total = sum(requests.move_id.mapped("amount_total_signed"))

    @api.depends("request_ids.state")
    def _compute_state(self):
        for batch in self:
            states = set(batch.request_ids.mapped("state")) - {"void"}
            batch.state = "done" if states == {"issued"} else "exported" if states & {"exported", "issued"} else "draft"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = self.env["ir.sequence"].next_by_code("cosmetics.fapiao.batch") or self.env._("New")
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_requests(self):
        """The database would delete the invoices of the list without asking them."""
        self.request_ids.unlink()

    def action_check(self):
        """Check the invoices that are not issued yet."""
        self.request_ids.filtered(lambda request: request.state in ("draft", "exported")).action_check()

    def action_export(self):
        """Write the file; the same list gives the same file again, under the same serials."""
        self.ensure_one()
        self.check_access("write")
        hold_rows(self)
        requests = self.request_ids.filtered(lambda request: request.state in ("draft", "exported"))
        requests.action_check()
        if not requests:
            raise UserError(self.env._("No invoice of %s waits for a tax invoice. Add invoices first.", self.name))
        blocked = requests.filtered("is_blocked")
        if blocked:
            raise UserError(
                self.env._(
                    "%(count)s invoices cannot be issued, the first is %(move)s: %(problem)s",
                    count=len(blocked),
                    move=blocked[0].move_id.name,
                    problem=blocked[0].problems.split("\n")[0],
                )
            )
        content = issue_file.write([request._prepare_issue() for request in requests])
        name = f"{self.name.replace('/', '-')}.xlsx"
        # sudo: the buttons alone write the file and move the state
        self.sudo().write({"file": base64.b64encode(content), "file_name": name, "exported_at": fields.Datetime.now()})
        requests.sudo().state = "exported"
        return {"type": "ir.actions.act_url", "url": f"/web/content/{self._name}/{self.id}/file/{name}?download=true", "target": "self"}

    @api.model
    def _create_for(self, moves):
        """Return a new list of the invoices among these that need a tax invoice and are on no list."""
        waiting = moves.filtered(lambda move: move.move_type == "out_invoice" and move.state == "posted" and move.fapiao_state == "none")
        if not waiting:
            raise UserError(
                self.env._("None of these needs a tax invoice: choose posted customer invoices without one that are on no list.")
            )
        if len(waiting.company_id) > 1:
            raise UserError(self.env._("These invoices belong to several companies. Choose those of one company."))
        requests = [Command.create({"move_id": move.id}) for move in waiting.sorted(lambda move: (move.invoice_date, move.id))]
        batch = self.create({"company_id": waiting.company_id.id, "request_ids": requests})
        batch.action_check()
        return batch


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_request_fapiao(self):
        """Put the chosen invoices on a new issue list and open it."""
        self.check_access("read")
        batch = self.env["cosmetics.fapiao.batch"]._create_for(self)
        return {"type": "ir.actions.act_window", "res_model": batch._name, "res_id": batch.id, "view_mode": "form"}
