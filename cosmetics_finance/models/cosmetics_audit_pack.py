"""All an auditor asks for, in one file."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ROLES = ("cosmetics_finance.group_auditor", "cosmetics_finance.group_accountant")


class CosmeticsAuditPack(models.Model):
    """The books of a period of a company (with its branches) as one zip: entries, ledgers, statements, vouchers, attachments, control page.

    Asked for in a dialogue, built in the background from one snapshot of the books; every count and sum is compared with the ledger, and a
    difference leaves no file. Nobody writes or deletes a pack by hand: what was handed to an auditor stays as it was.
    """

    _name = "cosmetics.audit.pack"
    _description = "Audit Pack"
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    covered_company_ids = fields.Many2many(
        "res.company",
        string="Books of",
        readonly=True,
        context={"active_test": False},
        help="The company and its branches, as they were then.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_begin = fields.Date(string="From", required=True, readonly=True)
    date_end = fields.Date(string="To", required=True, readonly=True)
    voucher_limit = fields.Integer(
        string="Print up to",
        readonly=True,
        help="With more vouchers than this in the period none is printed; the control page says so.",
    )
    state = fields.Selection(
        [("waiting", "Waiting"), ("running", "Being Built"), ("done", "Complete"), ("failed", "Not Built")],
        required=True,
        default="waiting",
        readonly=True,
        index=True,
    )
    user_id = fields.Many2one("res.users", string="Built by", required=True, readonly=True)
    built_at = fields.Datetime(readonly=True)
    attempts = fields.Integer(readonly=True)
    progress = fields.Float(string="Progress (%)", readonly=True)
    step = fields.Char(string="At Work on", readonly=True)
    problem = fields.Text(string="Why It Failed", readonly=True)
    note = fields.Text(string="To Be Known", readonly=True)
    attachment_id = fields.Many2one("ir.attachment", string="File", readonly=True)
    sha256 = fields.Char(string="SHA-256", readonly=True)
    size = fields.Integer(string="Size (Bytes)", readonly=True)
    file_ids = fields.One2many("cosmetics.audit.pack.file", "pack_id", string="Control Page", readonly=True)
    seconds = fields.Float(string="Seconds Taken", readonly=True)

    _one_at_a_time = models.UniqueIndex(
        "(company_id, date_begin, date_end) WHERE state IN ('waiting', 'running')",
        "The audit pack of this period is being built already. Wait until it is complete.",
    )

    @api.depends("date_begin", "date_end", "company_id.name")
    def _compute_name(self):
        for pack in self:
            pack.name = f"{pack.company_id.name} {pack.date_begin:%Y-%m} – {pack.date_end:%Y-%m}" if pack.date_begin else False

    # ------------------------------------------------------------------ actions
    def action_download(self):
        """Download the zip."""
        self.ensure_one()
        self.check_access("read")
        if not self.attachment_id:
            raise UserError(self.env._("This audit pack is not complete yet. Wait until it is, then download it."))
        return {"type": "ir.actions.act_url", "url": f"/web/content/{self.attachment_id.id}?download=true", "target": "download"}

    def action_build_again(self):
        """Build a pack that was not built once more, for who presses the button."""
        self.ensure_one()
        self._check_builder()
        if self.state != "failed":
            raise UserError(self.env._("Only a pack that was not built is built again. Ask for a new one instead."))
        # sudo: nobody writes a pack but its buttons
        self.sudo().write({"state": "waiting", "user_id": self.env.uid, "attempts": 0, "progress": 0, "problem": False})
        self._start()

    # ------------------------------------------------------------------ helpers
    @api.model
    def _is_builder(self, user):
        """Tell if a user may build packs: an accountant, or an auditor until the last day."""
        return any(map(user.has_group, ROLES)) and not (user.has_group(ROLES[0]) and user._is_audit_over())

    def _check_builder(self):
        if not self._is_builder(self.env.user):
            raise AccessError(self.env._("Only an auditor or an accountant builds audit packs. Ask one of them."))
        self.check_access("read")
        for pack in self:
            self.env["cosmetics.statement"]._check_reader(pack.company_id)

    @api.model
    def _ask(self, vals):
        """Ask for a pack on behalf of the user; return the one of the same period that is being built, or a new one."""
        domain = [(name, "=", vals[name]) for name in ("company_id", "date_begin", "date_end")]
        pack = self.search([*domain, ("state", "in", ("waiting", "running"))], limit=1)
        if not pack:
            # sudo: nobody, an auditor least of all, creates records of the books by hand; the dialogue has checked what is asked for
            pack = self.sudo().create({**vals, "user_id": self.env.uid}).sudo(False)
            pack._check_builder()
            pack._start()
        return pack

    def _start(self):
        # sudo: who may build starts the job, but does not change it
        self.env.ref("cosmetics_finance.ir_cron_audit_pack").sudo()._trigger()
