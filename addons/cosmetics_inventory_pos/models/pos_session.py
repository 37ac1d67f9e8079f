"""A till asks for its batches; a session that closes tells what did not leave the shop."""

from odoo import api, models


class PosSession(models.Model):
    _inherit = "pos.session"

    @api.model
    def get_till_batches(self, session_id, product_ids=None):
        """Return the sellable batches of the shop of a session the user may read; called by the till.

        :param session_id: id of the session
        :param product_ids: list of ids of product.product, or None for all
        :return: see `pos.config._get_till_batches`
        """
        session = self.browse(session_id)
        session.check_access("read")
        # sudo: a clerk has no rights on stock and cost; names, days and pieces of the batches of the own shop come out.
        return session.sudo().config_id._get_till_batches(product_ids)

    def get_closing_control_data(self):
        """Tell the closing till how many of its sales have not left the stock."""
        data = super().get_closing_control_data()
        data["till_exception_count"] = self._count_till_exceptions()
        return data

    def _validate_session(self, balancing_account=False, amount_to_balance=0, bank_payment_method_diffs=None):
        res = super()._validate_session(balancing_account, amount_to_balance, bank_payment_method_diffs)
        # sudo: sees undone transfers of the session whoever closes it; a count and nothing else comes out.
        self.env["cosmetics.till.exception"].sudo()._record_undone(self.sudo().picking_ids)
        if count := self._count_till_exceptions():
            self.message_post(
                body=self.env._("%s sales of this session have not left the stock. Look at Till Exceptions and resolve them.", count)
            )
        return res

    def _count_till_exceptions(self):
        """Return how many open exceptions the sales of these sessions have."""
        # sudo: only a number comes out.
        exceptions = self.env["cosmetics.till.exception"].sudo()
        return exceptions.search_count([("session_id", "in", self.ids), ("state", "=", "open")])
