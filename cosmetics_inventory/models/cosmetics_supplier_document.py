"""Papers a supplier must show: licences, registrations, certificates, with their expiry."""

import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools import registration
from odoo.exceptions import UserError, ValidationError
from stdnum.cn import uscc

from ..tools import shelf_life

PRODUCTION_LICENCE = re.compile(rf"[{registration.PROVINCES}]妆\d{{8}}")
KINDS = [
    ("business_licence", "Business Licence"),
    ("production_licence", "Cosmetics Production Licence"),
    ("special_registration", "Special Cosmetics Registration Certificate"),
    ("filing", "Ordinary Cosmetics Filing Proof"),
    ("quality_certificate", "Quality Certificate"),
    ("brand_authorisation", "Brand Authorisation"),
    ("customs_declaration", "Customs Declaration"),
    ("import_inspection", "Inspection and Quarantine Certificate"),
    ("other", "Other Paper"),
]


class CosmeticsSupplierDocument(models.Model):
    """A paper of a direct supplier (SAMR Order 46 art. 39): what it is, how long it holds, and its files.

    A renewed paper is a new record; the old one stays, for the inspections it proved.
    """

    _name = "cosmetics.supplier.document"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Supplier Paper"
    _order = "expires_on, partner_id, id"
    _rec_names_search = ["number", "partner_id.name"]
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", string="Supplier", required=True, index=True, ondelete="restrict", tracking=True)
    kind = fields.Selection(KINDS, required=True, default="business_licence", tracking=True)
    number = fields.Char(
        tracking=True,
        help="As printed, e.g. 陕妆20220003 on a production licence, or the unified social credit code on a business licence.",
    )
    issued_on = fields.Date(tracking=True)
    expires_on = fields.Date(string="Valid Until", index="btree_not_null", tracking=True, help="Last day on which the paper holds.")
    is_long_term = fields.Boolean(string="Long-term", tracking=True, help="The paper names no end (长期).")
    brand_ids = fields.Many2many("cosmetics.brand", string="Brands", help="Leave empty when the paper holds for all goods of the supplier.")
    product_tmpl_ids = fields.Many2many("product.template", string="Products", help="Leave empty when the paper holds for all products.")
    batch_no = fields.Char(string="Batch", help="The one batch a quality or customs certificate is for.")
    attachment_ids = fields.Many2many(
        "ir.attachment", "cosmetics_supplier_document_attachment_rel", string="Files", bypass_search_access=True
    )
    responsible_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, index="btree_not_null", help="Is reminded before it expires."
    )
    company_id = fields.Many2one("res.company", index="btree_not_null", default=lambda self: self.env.company)
    note = fields.Text(string="Notes")
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [("valid", "Valid"), ("expiring", "Expiring"), ("expired", "Expired")], compute="_compute_state", search="_search_state"
    )
    # The end of validity that was warned of: a renewed date is warned of anew.
    warned_expiring_on = fields.Date(readonly=True, copy=False)
    warned_expired_on = fields.Date(readonly=True, copy=False)

    _dates_ordered = models.Constraint(
        "CHECK (issued_on IS NULL OR expires_on IS NULL OR issued_on <= expires_on)",
        "The paper ends before it was issued. Correct one of the two dates.",
    )

    @api.depends("kind", "number", "partner_id.name")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for paper in self:
            paper.display_name = " ".join(filter(None, (kinds.get(paper.kind), paper.number, paper.partner_id.name)))

    @api.depends("expires_on", "is_long_term", "company_id.supplier_paper_warning_days")
    def _compute_state(self):
        today = self._today()
        for paper in self:
            if paper.is_long_term or not paper.expires_on or paper.expires_on > today + timedelta(days=paper._get_warning_days()):
                paper.state = "valid"
            else:
                paper.state = "expired" if paper.expires_on < today else "expiring"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self._today()
        ends = fields.Domain("is_long_term", "=", False) & fields.Domain("expires_on", "!=", False)
        late = fields.Domain.OR(
            fields.Domain("company_id", "in", [*ids, *([False] if self.env.company.id in ids else [])])
            & fields.Domain("expires_on", ">", today + timedelta(days=days))
            for days, ids in self._get_companies_by_warning_days().items()
        )
        expired = fields.Domain("expires_on", "<", today)
        domains = {"expired": ends & expired, "expiring": ends & ~expired & ~late, "valid": ~ends | late}
        return fields.Domain.OR(domains[state] for state in value if state in domains)

    @api.constrains("kind", "number")
    def _check_number(self):
        for paper in self.filtered("number"):
            if paper.kind == "production_licence" and not PRODUCTION_LICENCE.fullmatch(paper.number):
                raise ValidationError(
                    self.env._(
                        "%s is no number of a cosmetics production licence. Copy it from the licence, e.g. 陕妆20220003.", paper.number
                    )
                )
            if paper.kind == "business_licence" and len(paper.number) == 18 and not uscc.is_valid(paper.number):
                raise ValidationError(
                    self.env._("%s is no unified social credit code: its check digit is wrong. Copy all 18 signs again.", paper.number)
                )

    @api.constrains("expires_on", "is_long_term")
    def _check_term(self):
        for paper in self:
            if paper.is_long_term and paper.expires_on:
                raise ValidationError(
                    self.env._("“%s” is marked long-term and has an end. Empty the date, or take the mark away.", paper.display_name)
                )

    @api.onchange("is_long_term")
    def _onchange_is_long_term(self):
        if self.is_long_term:
            self.expires_on = False

    @api.model_create_multi
    def create(self, vals_list):
        papers = super().create([self._normalize_vals(vals) for vals in vals_list])
        papers._after_change()
        return papers

    def write(self, vals):
        res = super().write(self._normalize_vals(vals))
        if {"kind", "partner_id", "expires_on", "is_long_term", "attachment_ids", "active", "brand_ids", "product_tmpl_ids"} & vals.keys():
            self._after_change()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_cited(self):
        # sudo: a paper is kept for records the user does not see as well
        record = self.env["cosmetics.inspection.record"].sudo().search([("document_ids", "in", self.ids), ("state", "=", "done")], limit=1)
        if record:
            raise UserError(
                self.env._("This paper proves inspection record %s and cannot be deleted. Archive it instead.", record.display_name)
            )

    def _after_change(self):
        """Take over the files, and complete the records that waited for this paper."""
        for paper in self.filtered("attachment_ids"):
            claimed = paper.attachment_ids._claim_for(paper)
            if claimed != paper.attachment_ids:
                paper.attachment_ids = claimed
        # sudo: whoever enters the paper need not see the records of all stores that waited for it
        waiting = self.env["cosmetics.inspection.record"].sudo()
        waiting.search([("state", "=", "draft"), ("supplier_id", "in", self.partner_id.commercial_partner_id.ids)])._refresh()

    def _get_valid(self, partner, day):
        """Return the papers of a supplier that hold on a day; of other companies none.

        :param res.partner partner: the supplier; papers of the whole company count
        """
        return self.search(
            [
                ("partner_id", "child_of", partner.commercial_partner_id.ids),
                "|",
                ("issued_on", "=", False),
                ("issued_on", "<=", day),
                "|",
                ("expires_on", "=", False),
                ("expires_on", ">=", day),
                "|",
                ("company_id", "=", False),
                ("company_id", "in", self.env.companies.ids),
            ]
        )

    def _filtered_for(self, product, batch_no):
        """Return the papers whose scope covers a product and batch."""
        return self.filtered(
            lambda paper: (
                (not paper.brand_ids or product.brand_id in paper.brand_ids)
                and (not paper.product_tmpl_ids or product.product_tmpl_id in paper.product_tmpl_ids)
                and (not paper.batch_no or paper.batch_no == batch_no)
            )
        )

    @api.model
    def _get_companies_by_warning_days(self):
        """Return {days: ids of the companies that warn so many days before a paper ends}."""
        # sudo: papers without a company are read in companies the user need not see, and the days are no secret
        return dict(self.env["res.company"].sudo()._read_group([], ["supplier_paper_warning_days"], ["id:array_agg"]))

    def _get_warning_days(self):
        self.ensure_one()
        return (self.company_id or self.env.company).supplier_paper_warning_days

    @api.model
    def _today(self):
        return shelf_life.china_day(fields.Datetime.now())

    @api.model
    def _cron_warn(self):
        """Remind the responsible once when a paper is about to expire, and once when it has expired."""
        today = self._today()
        longest = max(self._get_companies_by_warning_days())
        ending = self.search([("is_long_term", "=", False), ("expires_on", "<=", today + timedelta(days=longest))])
        expired = ending.filtered(lambda paper: paper.expires_on < today and paper.warned_expired_on != paper.expires_on)
        expiring = ending.filtered(lambda paper: paper.state == "expiring" and paper.warned_expiring_on != paper.expires_on)
        for paper in expired + expiring:
            is_expired = paper in expired
            summary = self.env._("Supplier paper has expired") if is_expired else self.env._("Supplier paper expires soon")
            paper.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=today if is_expired else paper.expires_on,
                summary=summary,
                note=self.env._("“%(paper)s”: valid until %(day)s. Ask for the new one.", paper=paper.display_name, day=paper.expires_on),
                user_id=(paper.responsible_id or paper.create_uid).id,
            )
            paper["warned_expired_on" if is_expired else "warned_expiring_on"] = paper.expires_on

    @api.model
    def _normalize_vals(self, vals):
        """Return vals with the number as printed: half-width, without blanks."""
        return dict(vals, number=registration.normalize(vals["number"])) if vals.get("number") else vals

    def _get_snapshot(self):
        """Return what an inspection record keeps of the paper: texts only, for it is sealed."""
        self.ensure_one()
        return {
            "kind": self.kind,
            "number": self.number or "",
            "issued_on": fields.Date.to_string(self.issued_on) or "",
            "expires_on": fields.Date.to_string(self.expires_on) or "",
        }
