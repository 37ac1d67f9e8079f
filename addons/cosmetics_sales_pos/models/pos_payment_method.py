"""A way to pay that several shops share."""

from odoo import models


class PosPaymentMethod(models.Model):
    _inherit = "pos.payment.method"

    def _is_write_forbidden(self, fields):
        """Ask the tills of all shops: an open one stops a change, also where the user does not see it."""
        # sudo: shop rules hide the sessions of other shops; core names them in its message, so their names are read here.
        methods = self.sudo()
        methods.open_session_ids.fetch(["name"])
        return super(PosPaymentMethod, methods)._is_write_forbidden(fields)
