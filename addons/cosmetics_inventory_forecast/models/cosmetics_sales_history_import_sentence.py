"""What is wrong with a file of old sales or a row of it, said to a buyer."""

from odoo import models


class CosmeticsSalesHistoryImport(models.Model):
    _inherit = "cosmetics.sales.history.import"

    def _get_file_sentence(self, code, facts):
        """Return the sentence for a file that cannot be read."""
        broken = self.env._("%(name)s is damaged or cut off. Export it again.")
        large = self.env._("%(name)s is too large. Export a shorter period, or one file for each shop.")
        kind = self.env._("%(name)s is no table. Export the sales as CSV or XLSX.")
        sentences = {
            **dict.fromkeys(("broken", "quotes", "encoding"), broken),
            **dict.fromkeys(("too_big", "too_many_rows", "too_wide", "zip_members", "zip_bomb", "zip_nested"), large),
            **dict.fromkeys(("kind", "html"), kind),
            "empty": self.env._("%(name)s is empty. Export it again."),
            "password": self.env._("%(name)s has a password. Save it without one."),
            "unknown_format": self.env._(
                "%(name)s has not the columns needed, e.g. 商品编码, 月份, 数量: product (code, bar code or name), period, quantity."
            ),
            "no_rows": self.env._("%(name)s holds no row below its header. Export a period that has some."),
            "total": self.env._("%(name)s is not whole: its total says %(said)s, its rows come to %(found)s. Export it again."),
        }
        return sentences.get(code, broken) % facts

    def _get_row_sentences(self):
        """Return {code: why a row does not count}; a file that cannot be read brings its own sentence."""
        return {
            "same_file": self.env._("This file is the same as %(text)s: take one of them out."),
            "no_product": self.env._("The row names no product."),
            "no_shop": self.env._("The row names no shop: choose the shop of the files."),
            "no_period": self.env._("The date is empty."),
            "not_period": self.env._("“%(text)s” is no day, week or month, e.g. 2025-03-14, 2025W11 or 2025-03."),
            "not_units": self.env._("“%(text)s” is no quantity."),
            "not_money": self.env._("“%(text)s” is no amount."),
            "rounded_number": self.env._("“%(text)s”: a spreadsheet has rounded the long number. Use the file as it was exported."),
            "not_over": self.env._("%(text)s has not passed yet: what is still to be sold is no history."),
            "unknown_product": self.env._("No product is called “%(text)s”: assign it under Names to Assign, or leave it out."),
            "unknown_shop": self.env._("No shop is called “%(text)s”: assign it under Names to Assign, or leave it out."),
            "many_product": self.env._("Several products are called “%(text)s”: say which one under Names to Assign."),
            "many_shop": self.env._("Several shops are called “%(text)s”: say which one under Names to Assign."),
            "ignored": self.env._("“%(text)s” is left out, as the list of names says."),
            "twice": self.env._("The same product, shop and period stands in %(text)s already: take one of them out."),
            "overlap": self.env._("The days are told by another period already (%(text)s): import days, weeks or months, one of them."),
        }
