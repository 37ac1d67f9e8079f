"""Records as plain data, for files handed to people."""

from odoo import fields, models


class Base(models.AbstractModel):
    _inherit = "base"

    def _as_plain_rows(self, names):
        """Return [{label: text, number or ISO date}] of these fields, with labels and names in the language of the user."""
        labels = {name: self._fields[name]._description_string(self.env) or name for name in names}
        return [{labels[name]: record._as_plain_value(name) for name in names} for record in self]

    def _as_plain_value(self, name):
        field, value = self._fields[name], self[name]
        if field.relational:
            return ", ".join(value.sudo().mapped("display_name"))  # names alone, of what the record refers to
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "datetime":
            return fields.Datetime.context_timestamp(self, value).isoformat(" ", "seconds")[:19] if value else ""
        if field.type == "date":
            return value.isoformat() if value else ""
        return value if value or field.type in ("integer", "float", "monetary", "boolean") else ""
