"""Who may write nothing is not offered to write messages."""

from odoo import models


class Base(models.AbstractModel):
    _inherit = "base"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """An auditor posts nowhere: core lets readers post on invoices, and offers the buttons."""
        operations = super()._mail_get_operation_for_mail_message_operation(message_operation)
        if message_operation == "create" and self.env.user.has_group("cosmetics_finance.group_auditor"):
            return dict.fromkeys(operations, "write")
        return operations
