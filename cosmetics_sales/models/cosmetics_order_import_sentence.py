"""What is wrong with a file or a row, said to a clerk."""

from odoo import api, models
from odoo.tools import format_list


class CosmeticsOrderImportSentence(models.AbstractModel):
    """Turns the codes of the plain-Python reader into sentences of the reader's language."""

    _name = "cosmetics.order.import.sentence"
    _description = "Sentences of the Order Import"

    @api.model
    def _of(self, code, facts, row_no=0):
        """Return the sentence for a code; one that has none is shown as it is, with its facts."""
        template = self._files().get(code) or self._rows().get(code) or self._orders().get(code)
        if not template:
            return f"{code} {', '.join(f'{name}={value}' for name, value in facts.items())}"
        values = {"name": "", "column": "", "text": "", "limit": "", "nearest": "", "missing": "", "expected": "", "found": ""}
        values |= {"line": "", "field": "", "amounts": "", "freight": "", "amount": "", "row": "", **facts}
        if isinstance(values["limit"], int):
            values["limit"] = f"{values['limit'] >> 20 if code == 'too_big' else values['limit']:,}"
        for name in ("missing", "amounts"):
            values[name] = format_list(self.env, values[name]) if isinstance(values[name], list) else values[name]
        sentence = template % values
        return self.env._("Row %(row)s: %(sentence)s", row=row_no, sentence=sentence) if row_no else sentence

    @api.model
    def _files(self):
        return {
            "empty": self.env._("%(name)s is empty. Export it again."),
            "too_big": self.env._("%(name)s is larger than %(limit)s MB. Export a shorter period."),
            "too_many_rows": self.env._("%(name)s has more than %(limit)s rows. Export a shorter period."),
            "too_wide": self.env._("%(name)s has too many columns to be an order file."),
            "kind": self.env._("%(name)s is no order file. Drop CSV, XLSX, XLS or ZIP files."),
            "html": self.env._("%(name)s is a web page, not a table: the login had expired. Export it again."),
            "encoding": self.env._("%(name)s has damaged characters. Export it again and do not save it with another program."),
            "quotes": self.env._("%(name)s has an unclosed quotation mark at row %(row)s. Export it again."),
            "broken": self.env._("%(name)s is damaged. Export it again."),
            "password": self.env._("%(name)s has a password. Save it without one."),
            "zip_bomb": self.env._("%(name)s unpacks to far more than an order file. Drop the files themselves."),
            "zip_members": self.env._("%(name)s holds too many files. Drop fewer at once."),
            "zip_nested": self.env._("%(name)s is an archive inside an archive. Unpack it first."),
            "unknown_format": self.env._("%(name)s: no layout fits its headers (missing: %(missing)s). Add or adapt a file layout."),
        }

    @api.model
    def _rows(self):
        return {
            "row_cut": self.env._("the file ends in the middle of this row. Export it again."),
            "row_shifted": self.env._("the row has more cells than the header. A separator slipped into a text."),
            "row_swallowed": self.env._("an unclosed quotation mark has swallowed other rows."),
            "row_broken": self.env._("a line break has torn the row in two."),
            "no_order_no": self.env._("“%(text)s” is no order number of this platform."),
            "unknown_profile": self.env._("the layout of the row is not there any more. Preview the files again."),
            "rounded_number": self.env._(
                "%(column)s “%(text)s”: the spreadsheet has destroyed the long number. Export it again and do not save it."
            ),
            "not_money": self.env._("%(column)s “%(text)s” is no amount."),
            "not_quantity": self.env._("%(column)s “%(text)s” is no quantity."),
            "not_date": self.env._("%(column)s “%(text)s” is no date."),
            "negative": self.env._("%(column)s “%(text)s” is below 0."),
            "missing": self.env._("%(column)s is empty."),
        }

    @api.model
    def _orders(self):
        return {
            "joined_mismatch": self.env._("several products share a cell, but their codes and quantities do not match."),
            "duplicate_line": self.env._("line %(line)s is in the order twice."),
            "files_disagree": self.env._("two files say different things about line %(line)s. Use files exported at the same time."),
            "no_lines": self.env._("The order has no products."),
            "lines_incomplete": self.env._(
                "The order should have %(expected)s pieces, the file of products has %(found)s. Export it for the same period."
            ),
            "no_amount": self.env._("No file says what the order comes to."),
            "amounts_differ": self.env._("The rows of the order say different amounts: %(amounts)s."),
            "freight_above_amount": self.env._("The freight %(freight)s is more than the whole order %(amount)s."),
            "waiting_for_lines": self.env._("The products are missing. Add the file with the products of the orders and preview again."),
            "waiting_for_orders": self.env._("The order itself is missing. Add the file with the orders and preview again."),
            "no_created_at": self.env._("The file does not say when it was ordered."),
            "no_receiver": self.env._("The receiver is not complete."),
            "unknown_status": self.env._("Unknown state “%(text)s”."),
            "no_status": self.env._("The file has no state."),
        }
