from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..tools.kinds import PURCHASES, SALES

BOOKS = "account.group_account_readonly,account.group_account_invoice"
TRANSFER_REASONS = [
    ("abnormal_loss", "Abnormal Loss"),
    ("welfare", "Staff Welfare or Private Use"),
    ("exempt", "Exempt or Simplified Sales"),
    ("red_letter", "Red Letter of a Supplier"),
    ("other", "Other"),
]
FAPIAO_STATES = [("none", "Not Issued"), ("requested", "On an Issue List"), ("partial", "Partly Issued"), ("done", "Issued")]


class AccountMove(models.Model):
    _inherit = "account.move"

    fapiao_link_ids = fields.One2many("cosmetics.fapiao.link", "move_id", string="Tax Invoices", groups=BOOKS)
    fapiao_request_ids = fields.One2many("cosmetics.fapiao.request", "move_id", string="Issue Requests", groups=BOOKS)
    # sudo: who reads an invoice may read the numbers that stand for it, though not the tax invoices themselves
    fapiao_numbers = fields.Char(string="Tax Invoice Numbers", compute="_compute_fapiao_numbers", compute_sudo=True)
    fapiao_state = fields.Selection(
        FAPIAO_STATES, string="Tax Invoice", compute="_compute_fapiao_state", search="_search_fapiao_state", compute_sudo=True
    )
    fapiao_difference = fields.Monetary(
        string="Without Tax Invoice",
        compute="_compute_fapiao_state",
        compute_sudo=True,
        currency_field="company_currency_id",
        help="What no tax invoice stands for yet, with tax.",
    )
    vat_transfer_reason = fields.Selection(
        TRANSFER_REASONS,
        string="Reason of Input VAT Transferred Out",
        help="Shown in the VAT declaration for entries on account 22210109.",
    )
    vat_declaration_id = fields.Many2one("cosmetics.vat.declaration", readonly=True, copy=False, index="btree_not_null", groups=BOOKS)

    # Eight digits alone repeat under another code. The same number on two bills is how an invoice is paid twice.
    _fapiao_bill_unique = models.UniqueIndex(
        "(company_id, fapiao) WHERE state = 'posted' AND move_type IN ('in_invoice', 'in_refund', 'in_receipt') AND length(fapiao) > 8",
        "This tax invoice number is on another bill already. Each is claimed once: check the number.",
    )

    @api.depends("fapiao", "fapiao_link_ids.fapiao_id.number", "fapiao_link_ids.fapiao_id.state")
    def _compute_fapiao_numbers(self):
        for move in self:
            numbers = move.fapiao_link_ids._get_effective().fapiao_id.mapped("number")
            move.fapiao_numbers = ", ".join(dict.fromkeys([*numbers, *filter(None, [move.fapiao])])) or False

    @api.depends(
        "state", "fapiao", "amount_total_signed", "fapiao_link_ids.amount", "fapiao_link_ids.fapiao_id.state", "fapiao_request_ids.state"
    )
    def _compute_fapiao_state(self):
        for move in self:
            target = move._get_fapiao_target()
            if move.move_type not in SALES + PURCHASES:
                move.fapiao_state = move.fapiao_difference = False
                continue
            links = move.fapiao_link_ids._get_effective()
            if links:
                move.fapiao_difference = target - sum(links.mapped("amount"))
            else:
                # A number typed by hand stands for the whole invoice.
                move.fapiao_difference = 0 if move.fapiao else target
            is_open = not move.company_currency_id.is_zero(move.fapiao_difference)
            is_requested = any(request.state in ("draft", "exported") for request in move.fapiao_request_ids)
            some = "partial" if links and sum(links.mapped("amount")) else "requested" if is_requested else "none"
            move.fapiao_state = some if is_open else "done"

    @api.model
    def _search_fapiao_state(self, operator, value):
        """Find invoices by how far their tax invoices are; those of entries that need none are never found."""
        if operator != "in":
            return NotImplemented
        self.flush_model(["amount_total_signed", "fapiao", "move_type"])
        self.env["cosmetics.fapiao"].flush_model(["state"])
        self.env["cosmetics.fapiao.link"].flush_model(["amount", "fapiao_id", "move_id"])
        self.env["cosmetics.fapiao.request"].flush_model(["move_id", "state"])
        # SQL: compares each invoice with the sum of what stands for it.
        rows = SQL(
            """(SELECT id FROM (
                SELECT m.id, CASE
                    WHEN abs(m.amount_total_signed) < 0.005 + abs(
                        COALESCE(l.amount, CASE WHEN m.fapiao > '' THEN m.amount_total_signed END, 0))
                    THEN 'done'
                    WHEN COALESCE(l.amount, 0) <> 0 THEN 'partial'
                    WHEN EXISTS (SELECT FROM cosmetics_fapiao_request r WHERE r.move_id = m.id AND r.state IN ('draft', 'exported'))
                    THEN 'requested' ELSE 'none' END AS fapiao_state
                  FROM account_move m
                  LEFT JOIN (SELECT k.move_id, sum(k.amount) AS amount FROM cosmetics_fapiao_link k
                               JOIN cosmetics_fapiao f ON f.id = k.fapiao_id AND f.state <> 'void' GROUP BY k.move_id) l ON l.move_id = m.id
                 WHERE m.move_type IN %s) states WHERE fapiao_state IN %s)""",
            SALES + PURCHASES,
            tuple(value) or ("",),
        )
        return [("id", "in", rows)]

    @api.constrains("fapiao", "state", "move_type")
    def _check_fapiao_is_claimed_once(self):
        """Name what has claimed a received tax invoice; the unique index guards against two at the same moment."""
        bills = self.filtered(lambda m: m.move_type in PURCHASES and m.state != "cancel" and len(m.fapiao or "") > 8)
        for bill in bills:
            claim = bill._get_fapiao_claims(bill.fapiao)[:1]
            if claim:
                raise ValidationError(
                    self.env._(
                        "Tax invoice %(number)s is claimed by %(claim)s already. Each is claimed once: check the number, or cancel"
                        " the other one.",
                        number=bill.fapiao,
                        claim=claim[0],
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_fapiao_links(self):
        """The database would take the links along without telling the tax invoices, which wait for a bill again."""
        self.sudo().fapiao_link_ids.unlink()  # sudo: who deletes a draft need not be the accountant

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"vat_declaration_id"}

    @api.model_create_multi
    def create(self, vals_list):
        self._check_vat_declaration(any(vals.get("vat_declaration_id") for vals in vals_list))
        return super().create(vals_list)

    def write(self, vals):
        self._check_vat_declaration("vat_declaration_id" in vals)
        return super().write(vals)

    @api.model
    def _check_vat_declaration(self, is_named):
        """A sheet leaves its own entries out: an invoice that called itself one would be taxed nowhere."""
        if is_named and not self.env.su:
            raise UserError(self.env._("Entries of a VAT declaration are not chosen: confirm the declaration, or reopen it."))

    def _get_fapiao_claims(self, number):
        """Return the names of what claims a received number besides this bill; modules that claim expenses add theirs."""
        self.ensure_one()
        # SQL: a search would first write this bill, and the index would answer without naming the other one. It also sees
        # the bills that the user's rules hide: a number is claimed once in the company. Drafts count.
        rows = self.env.execute_query(
            SQL(
                """SELECT m.id FROM account_move m
                    WHERE m.company_id = %s AND m.id <> %s AND m.move_type IN %s AND m.state <> 'cancel'
                      AND (m.fapiao = %s OR EXISTS (
                          SELECT FROM cosmetics_fapiao_link l JOIN cosmetics_fapiao f ON f.id = l.fapiao_id
                           WHERE l.move_id = m.id AND f.number = %s AND f.state <> 'void'))
                    ORDER BY m.id""",
                self.company_id.id,
                self.id,
                PURCHASES,
                number,
                number,
            )
        )
        # sudo: as above; only the reference is told
        return [bill.ref or bill.display_name for bill in self.sudo().browse(bill_id for (bill_id,) in rows)]

    def _get_fapiao_target(self):
        """Return what tax invoices of this invoice come to: its total in the company's currency, negative for refunds."""
        self.ensure_one()
        sign = -1 if self.move_type in ("out_refund", "in_refund") else 1
        return sign * abs(self.amount_total_signed)
