"""Platforms and buyers know one price, with the tax in it."""

from odoo import models


class AccountTax(models.Model):
    _inherit = "account.tax"

    def _get_price_included(self):
        """Return these taxes as they are contained in a price: each percentage tax on top is replaced by its twin inside.

        A total to the cent needs it: 13 % on top of a base in whole cents skips one amount of about nine. A twin that is
        missing is copied once from the tax, so that accounts, groups and rate are the same.
        """
        result = self.browse()
        for tax in self:
            result |= tax if tax.price_include or not tax.amount or tax.amount_type != "percent" else tax._find_included_twin()
        return result

    def _find_included_twin(self):
        self.ensure_one()
        same = [(name, "=", self[name]) for name in ("type_tax_use", "amount", "amount_type", "include_base_amount", "is_base_affected")]
        same += [
            ("company_id", "=", self.company_id.id),
            ("tax_group_id", "=", self.tax_group_id.id),
            ("country_id", "=", self.country_id.id),
        ]
        twin = self.search(same).filtered("price_include")[:1]
        if twin:
            return twin
        # A clerk may not make taxes: this one is a copy that differs in nothing but where the price stands.
        return (
            self.sudo()
            .copy({"name": self.env._("%(tax)s incl.", tax=self.name), "price_include_override": "tax_included"})
            .with_env(self.env)
        )
