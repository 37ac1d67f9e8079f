"""What is wrong with a file or a row, said to an accountant."""

from odoo import models


class CosmeticsFapiaoImport(models.Model):
    _inherit = "cosmetics.fapiao.import"

    def _get_sentence(self, code, facts):
        """Return the sentence for a code of the readers."""
        values = {"name": "", "text": "", "field": "", "limit": 0, "row": "", "number": "", **facts}
        sentence = self._get_file_sentences().get(code) or self._get_row_sentences().get(code)
        return sentence % values if sentence else f"{code} {values['name']} {values['text']}"

    def _get_file_sentences(self):
        broken = self.env._("%(name)s is damaged or cut off. Download it again.")
        large = self.env._("%(name)s is too large. Download a shorter period, or fewer files at once.")
        kind = self.env._("%(name)s is no list of the tax platform. Add XLSX, CSV, XML or ZIP files.")
        return {
            **dict.fromkeys(("broken", "quotes", "encoding", "row_cut"), broken),
            **dict.fromkeys(("too_big", "too_many_rows", "too_wide", "zip_members", "zip_bomb"), large),
            **dict.fromkeys(("kind", "html"), kind),
            "empty": self.env._("%(name)s is empty. Download it again."),
            "password": self.env._("%(name)s has a password. Save it without one."),
            "zip_nested": self.env._("%(name)s is an archive inside an archive. Unpack it first."),
            "unknown_format": self.env._(
                "%(name)s has not the columns of the list of all invoices or of confirmed uses. Export it from the tax platform again."
            ),
            "xml": self.env._("%(name)s is no readable XML of a tax invoice. Download it again."),
            "xml_field": self.env._("%(name)s: %(field)s is “%(text)s”. Download the XML again."),
            "xml_sums": self.env._("%(name)s: its lines do not add up to its total. It was changed or cut: download it again."),
        }

    def _get_row_sentences(self):
        return {
            "no_number": self.env._("“%(text)s” is not the whole number of a tax invoice."),
            "rounded_number": self.env._("“%(text)s”: a spreadsheet has rounded the long number. Use the file as it was downloaded."),
            "not_money": self.env._("“%(text)s” is no amount."),
            "no_amount": self.env._("The amount is empty."),
            "not_date": self.env._("“%(text)s” is no date."),
            "no_day": self.env._("The date is empty."),
            "sum": self.env._("Amount and tax do not add up: %(text)s."),
            "state": self.env._("Nobody knows the state “%(text)s”."),
            "check": self.env._("Nobody knows “%(text)s” as a state of ticking."),
            "other_row": self.env._("Another row of this invoice is wrong."),
            "other_company": self.env._("The tax numbers are those of others: %(text)s."),
            "amount_changed": self.env._("The amount differs from the invoice in the list: %(text)s."),
            "not_special": self.env._("It is no special invoice: its tax is not deductible."),
            "small_scale": self.env._("A small-scale taxpayer deducts no tax."),
        }
