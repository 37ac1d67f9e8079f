"""The words a person agreed to."""

import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError


class CosmeticsConsentText(models.Model):
    """One version of the text of a purpose. Once a person has agreed to it, it stays word by word; new words are a new version."""

    _name = "cosmetics.consent.text"
    _description = "Consent Text"
    _order = "purpose_id, valid_from desc, id desc"
    _rec_name = "version"

    purpose_id = fields.Many2one("cosmetics.consent.purpose", required=True, index=True, ondelete="restrict")
    version = fields.Char(required=True, help="e.g. 2026-1")
    valid_from = fields.Date(required=True, default=fields.Date.context_today)
    body = fields.Text(string="Text", required=True)
    digest = fields.Char(
        string="SHA-256", compute="_compute_digest", store=True, precompute=True, help="Proves which words were agreed to."
    )

    _version_uniq = models.UniqueIndex("(purpose_id, version)", "This purpose has a text with this version already.")

    @api.depends("body")
    def _compute_digest(self):
        for text in self:
            text.digest = hashlib.sha256((text.body or "").encode()).hexdigest()

    def write(self, vals):
        if {"body", "version", "purpose_id"} & vals.keys():
            self._check_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()

    def _check_unused(self):
        # sudo: somebody else's member may have agreed.
        if self.env["cosmetics.consent"].sudo().search_count([("text_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("Members have agreed to this text. Add a new version instead of changing it."))
