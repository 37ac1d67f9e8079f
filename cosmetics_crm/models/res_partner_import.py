"""A file of members: one sentence for each row that is wrong, none for the others."""

from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def load(self, fields, data):
        """Core tells the first row what is wrong with any row of its batch; take that back when the first row is right."""
        result = super().load(fields, data)
        first = next(iter(result["messages"]), None)
        if "is_member" not in fields or not first or first.get("record") != 0:
            return result
        same = [message for message in result["messages"][1:] if message["message"] == first["message"] or message.get("record") == 0]
        if same and not self._is_refused(fields, data[first["rows"]["from"] : first["rows"]["to"] + 1]):
            result["messages"].remove(first)
        return result

    @api.model
    def _is_refused(self, fields, rows):
        """Tell if these rows alone would be refused; nothing stays of the attempt."""
        with self.env.cr.savepoint() as attempt:
            messages = super().load(fields, rows)["messages"]  # pylint: disable=super-method-mismatch
            attempt.rollback()
        self.env.invalidate_all()
        return any(message["type"] == "error" for message in messages)
