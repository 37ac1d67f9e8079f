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
        variants = self.sudo().with_context(active_test=False).product_variant_ids
        if any(not products.isdisjoint(variants.ids) for products in self.env["loyalty.program"]._get_stored_products().values()):
            return True
        paying = [("discount_line_product_id", "in", variants.ids), ("program_id.stored_kind", "!=", False)]
        return bool(self.env["loyalty.reward"].sudo().with_context(active_test=False).search_count(paying, limit=1))
