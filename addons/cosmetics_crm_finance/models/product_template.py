"""Top-ups are owed, not earned; a card pays out of what is owed."""

from odoo import models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def _get_product_accounts(self):
        """Book the products of stored-value programs (top-ups, and the line by which a card pays) on the account of cards.

        A till and an invoice both ask here, so both book Dr money / Cr cards for a top-up and Dr cards / Cr revenue for what a card pays.
        """
        accounts = super()._get_product_accounts()
        account = (self.company_id or self.env.company).sudo().stored_liability_account_id  # sudo: a setting of the company
        if account and self.type == "service" and self._is_stored_value():
            return {**accounts, "income": account}
        return accounts

    def _is_stored_value(self):
        """Return whether the product tops up stored-value cards or is the line by which one pays."""
        # sudo: which products they are is no secret; an archived product or program still has invoices and returns
        programs = self.env["loyalty.program"].sudo().with_context(active_test=False)
        stored = programs._get_stored_products()
        # Read once for all lines of a batch: every line of a service asks.
        paying = programs.browse(stored).reward_ids.discount_line_product_id
        variants = self.sudo().with_context(active_test=False).product_variant_ids
        return bool(variants & paying) or not frozenset().union(*stored.values()).isdisjoint(variants.ids)
