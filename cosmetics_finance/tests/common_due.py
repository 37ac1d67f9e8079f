"""Open items of a customer and a vendor, entered by the accountant."""

from odoo import Command

from .common_statement import StatementCommon


class DueCommon(StatementCommon):
    """The company of `StatementCommon` with invoices of one line; the accounts are those of the chart."""

    @classmethod
    def _create_invoice(cls, day, amount, due=None, partner=None, move_type="out_invoice", **vals):
        """Post an invoice (a bill, a credit note) without tax as the accountant."""
        prefix = "5001" if move_type.startswith("out") else "5602"
        line = {"name": "Goods", "account_id": cls._find_account(prefix).id, "price_unit": amount, "tax_ids": [Command.clear()]}
        move = cls.books["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": (partner or (cls.partner if move_type.startswith("out") else cls.other)).id,
                "invoice_date": day,
                "date": day,
                "invoice_date_due": due or day,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [Command.create(line)],
                **vals,
            }
        )
        move.action_post()
        return move

    @classmethod
    def _pay(cls, moves, amount, day):
        """Register a payment of documents as the accountant."""
        register = cls.books["account.payment.register"].with_context(active_model="account.move", active_ids=moves.ids)
        register.create({"amount": amount, "payment_date": day, "journal_id": cls.bank_journal.id}).action_create_payments()

    @classmethod
    def _get_due(cls, user=None, **criteria):
        """Return the open items that a user sees."""
        dues = cls.env["cosmetics.finance.due"].with_user(user or cls.reader).with_context(allowed_company_ids=cls.company.ids)
        return dues.search([("company_id", "=", cls.company.id), *((field, "=", value) for field, value in criteria.items())])
