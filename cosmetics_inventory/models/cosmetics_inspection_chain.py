"""The head of a company's chain of inspection records: what the next record is sealed onto."""

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ..tools import record_chain

KINDS = [
    ("missing", "A record is missing"),
    ("changed", "A record was changed"),
    ("unlinked", "A record is not linked to the one before it"),
    ("surplus", "A record was added"),
]


class CosmeticsInspectionChain(models.Model):
    """One row per company. Locking it is what keeps two receipts from sealing onto the same record.

    Odoo runs at REPEATABLE READ: who waited for the lock gets a serialization failure instead of an old head, and the whole
    receipt is tried again.
    """

    _name = "cosmetics.inspection.chain"
    _description = "Chain of Inspection Records"
    _rec_name = "company_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    first_number = fields.Integer(readonly=True, default=1, help="Number of the oldest record that is still kept.")
    last_number = fields.Integer(readonly=True)
    last_seal = fields.Char(readonly=True, default=record_chain.GENESIS)
    verified_at = fields.Datetime(string="Last Verified", readonly=True)
    broken_number = fields.Integer(string="First Broken Record", readonly=True)
    broken_kind = fields.Selection(KINDS, string="What Is Wrong", readonly=True)

    _company_uniq = models.Constraint("UNIQUE(company_id)", "The company has its chain of inspection records already.")

    def action_verify(self):
        """Check every sealed record of these companies and tell the result."""
        self.check_access("read")
        broken = self._verify()
        if broken:
            message, kind = "\n".join(chain._get_break_sentence() for chain in broken), "danger"
        else:
            total = sum(chain.last_number and chain.last_number - chain.first_number + 1 for chain in self)
            message, kind = self.env._("All %s inspection records are as they were sealed.", total), "success"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": kind,
                "sticky": kind == "danger",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_verify(self):
        """Verify the chains of all companies; tell the quality managers when one is broken."""
        chains = self.search([("company_id", "!=", False)])
        managers = self.env.ref("cosmetics_inventory.group_quality_manager").all_user_ids
        for chain in chains._verify():
            people = managers.filtered(lambda user, chain=chain: user.active and chain.company_id in user.company_ids)
            self.env["mail.thread"].message_notify(
                partner_ids=people.partner_id.ids,
                subject=self.env._("Inspection records were tampered with"),
                body=chain._get_break_sentence(),
            )

    def _verify(self):
        """Check the chains, note the result on them, return the broken ones."""
        broken = self.browse()
        for chain in self.sudo():  # sudo: records of every store count, and the result is written for all to see
            found = chain._find_break()
            chain.write(
                {
                    "verified_at": fields.Datetime.now(),
                    "broken_number": found.number if found else 0,
                    "broken_kind": found.kind if found else False,
                }
            )
            if found:
                broken |= chain
        return broken.sudo(False)

    def _find_break(self):
        """Return the first `record_chain.Break` of the chain, None when it is whole; reads what the database holds now."""
        self.ensure_one()
        self.env.flush_all()
        self.env.invalidate_all()
        return record_chain.first_break(self._iter_entries(), self.first_number, self.last_number, self.last_seal)

    def _iter_entries(self):
        """Yield the sealed records of the company by number, a thousand at a time."""
        records = self.env["cosmetics.inspection.record"]
        ids = records.search([("company_id", "=", self.company_id.id), ("number", ">", 0)], order="number").ids
        file_hashes = {}
        for chunk in split_every(1000, ids):
            entries = records.browse(chunk)
            for record in entries:
                yield record_chain.Entry(
                    record.number, record._get_sealed_content(file_hashes), record.previous_seal or "", record.seal or ""
                )
            entries.invalidate_recordset()

    def _get_break_sentence(self):
        """Return what is wrong with a broken chain, for a person."""
        self.ensure_one()
        kinds = dict(self._fields["broken_kind"]._description_selection(self.env))
        return self.env._(
            "Inspection records of %(company)s: at number %(number)s the chain is broken (%(kind)s). "
            "Compare with the printed record and with a backup, and tell the owner.",
            company=self.company_id.name,
            number=self.broken_number,
            kind=kinds[self.broken_kind],
        )

    @api.model
    def _lock(self, company):
        """Return the chain of a company (sudo), locked until the end of the transaction and read anew."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO cosmetics_inspection_chain (company_id, first_number, last_number, last_seal) VALUES (%s, 1, 0, %s) "
                "ON CONFLICT (company_id) DO NOTHING",
                company.id,
                record_chain.GENESIS,
            )
        )
        self.env.cr.execute(SQL("SELECT id FROM cosmetics_inspection_chain WHERE company_id = %s FOR UPDATE", company.id))
        # sudo: the head moves with every record, whoever seals it
        chain = self.sudo().browse(self.env.cr.fetchone()[0])
        chain.invalidate_recordset()
        return chain
