"""An auditor reads and changes nothing, whatever other rights the login may have been given."""

from odoo import api, models

# Reports that are asked for in a dialogue: filling it in changes nothing in the books.
REPORT_DIALOGUES = frozenset(
    {
        "cosmetics.audit.pack.make",
        "cosmetics.statement.report",
        "cosmetics.voucher.print",
        "general.ledger.report.wizard",
        "trial.balance.report.wizard",
        "open.items.report.wizard",
        "aged.partner.balance.report.wizard",
        "journal.ledger.report.wizard",
    }
)


class IrModelAccess(models.Model):
    _inherit = "ir.model.access"

    def _get_allowed_models(self, mode="read"):
        """Every check of rights of every model passes here; rights of other groups do not add up with those of an auditor."""
        allowed = super()._get_allowed_models(mode)
        user = self.env.user
        if not user.has_group("cosmetics_finance.group_auditor"):
            return allowed
        if user._is_audit_over():
            return frozenset()
        return allowed if mode == "read" else allowed & self._get_report_dialogues()

    @api.model
    def _get_report_dialogues(self):
        """Return the names of transient models an auditor may fill in (frozenset); an override adds its own."""
        return REPORT_DIALOGUES
