"""The bank account of a company, its accountant, and files dropped by her."""

from odoo import Command
from odoo.addons.cosmetics_finance.tests.common_due import DueCommon

from . import files


class BankCommon(DueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank_journal.sudo().bank_account_id = cls._create_account(files.OWN, cls.company.partner_id)

    @classmethod
    def _create_account(cls, number, partner):
        """Return a bank account of a partner."""
        return cls.env["res.partner.bank"].create({"acc_number": number, "partner_id": partner.id, "company_id": cls.company.id})

    @classmethod
    def _upload(cls, *contents, user=None, **vals):
        """Return an import of files (bytes, or rows that become CSV) added by the accountant."""
        books = cls.books(user=user) if user else cls.books
        raws = [content if isinstance(content, bytes) else files.text(content) for content in contents]
        uploads = books["ir.attachment"].create([{"name": f"bank{number}.csv", "raw": raw} for number, raw in enumerate(raws)])
        return books["cosmetics.bank.import"].create({"company_id": cls.company.id, "attachment_ids": [Command.set(uploads.ids)], **vals})

    @classmethod
    def _import(cls, *contents, **vals):
        """Return an import whose files are booked."""
        record = cls._upload(*contents, **vals)
        record.action_import()
        return record

    @classmethod
    def _get_lines(cls):
        """Return the movements of the bank account, the oldest first."""
        return cls.books["account.bank.statement.line"].search([("journal_id", "=", cls.bank_journal.id)], order="internal_index")
