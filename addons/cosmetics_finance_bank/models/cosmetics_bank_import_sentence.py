"""What is wrong with a bank's file, said to an accountant."""

from odoo import models


class CosmeticsBankImport(models.Model):
    _inherit = "cosmetics.bank.import"

    def _get_sentence(self, code, facts):
        """Return the sentence for a code of the readers."""
        values = {
            "name": "",
            "text": "",
            "row": "",
            "said": "",
            "found": "",
            **facts,
            "what": self._get_told_words().get(facts.get("what")),
        }
        return {**self._get_file_sentences(), **self._get_row_sentences()}.get(code, "%(name)s") % values

    def _get_told_words(self):
        return {
            "in": self.env._("money in"),
            "out": self.env._("money out"),
            "in_count": self.env._("the number of receipts"),
            "out_count": self.env._("the number of payments"),
            "opening": self.env._("the opening balance"),
            "closing": self.env._("the closing balance"),
        }

    def _get_file_sentences(self):
        broken = self.env._("%(name)s is damaged or cut off. Download it again.")
        large = self.env._("%(name)s is too large. Download a shorter period.")
        kind = self.env._("%(name)s is no bank statement. Download it from the bank as XLSX, XLS or CSV.")
        return {
            **dict.fromkeys(("broken", "quotes", "encoding", "cut"), broken),
            **dict.fromkeys(("too_big", "too_many_rows", "too_wide", "zip_members", "zip_bomb", "zip_nested"), large),
            **dict.fromkeys(("kind", "html"), kind),
            "empty": self.env._("%(name)s is empty. Download it again."),
            "password": self.env._("%(name)s has a password. Save it without one."),
            "unknown_format": self.env._(
                "%(name)s has not the columns of a bank we know. Add its headers under Formats of Bank Files, then check it again."
            ),
            "no_rows": self.env._("%(name)s holds no movement. Download a period that has some."),
            "told_differs": self.env._(
                "%(name)s is not whole: of %(what)s it says %(said)s, its rows come to %(found)s. Download it again."
            ),
        }

    def _get_row_sentences(self):
        return {
            "not_date": self.env._("%(name)s, row %(row)s: “%(text)s” is no date. Download the file again."),
            "not_money": self.env._("%(name)s, row %(row)s: “%(text)s” is no amount. Download the file again."),
            "rounded_number": self.env._(
                "%(name)s, row %(row)s: a spreadsheet has rounded the long number “%(text)s”. Use the file as it was downloaded."
            ),
            "no_amount": self.env._("%(name)s, row %(row)s: neither money in nor money out. Download the file again."),
            "two_amounts": self.env._("%(name)s, row %(row)s: both money in and money out (%(text)s). Download the file again."),
            "not_side": self.env._(
                "%(name)s, row %(row)s: “%(text)s” says neither debit nor credit. Add it to the format, or ask the bank."
            ),
            "no_balance": self.env._("%(name)s, row %(row)s: the balance is missing. Download the file again."),
            "balance": self.env._(
                "%(name)s, row %(row)s: the balance %(text)s does not follow from the row before. Rows are missing, doubled or changed."
            ),
        }
