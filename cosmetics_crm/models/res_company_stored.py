"""What a company decides about stored value, and what it has to tell the authority."""

from odoo import api, fields, models

DAYS_TO_FILE = 30


class ResCompany(models.Model):
    _inherit = "res.company"

    stored_lpr_rate = fields.Float(
        string="LPR of One Year", digits=(8, 4), default=3.0,
        help="Percent. Kept with each top-up: the interest of a refund that is not the customer's fault. Change it when the rate changes.",
    )  # fmt: skip
    stored_deposit_rate = fields.Float(
        string="Deposit Rate of One Year", digits=(8, 4), default=1.5,
        help="Percent. Kept with each top-up: the interest of a refund for the customer's own reason.",
    )  # fmt: skip
    stored_started_on = fields.Date(string="Cards Sold Since", help="First day of the business with stored-value cards.")
    stored_filed_on = fields.Date(string="Filed With the Authority On")
    stored_filing_number = fields.Char(string="Filing Number")
    stored_filing_note = fields.Char(string="Filing", compute="_compute_stored_filing_note")

    _stored_rates_check = models.Constraint(
        "CHECK (stored_lpr_rate >= 0 AND stored_deposit_rate >= 0 AND stored_lpr_rate < 100 AND stored_deposit_rate < 100)",
        "Rates are percent a year, zero or more.",
    )

    @api.depends("stored_started_on", "stored_filed_on")
    def _compute_stored_filing_note(self):
        """Say until when the cards have to be filed (《单用途商业预付卡管理办法（试行）》 art. 7: 30 days after the start)."""
        for company in self:
            if not company.stored_started_on:
                company.stored_filing_note = self.env._("Enter the day on which the first card was sold: the filing is due 30 days later.")
            elif company.stored_filed_on:
                company.stored_filing_note = self.env._("Filed on %s.", company.stored_filed_on)
            else:
                last = fields.Date.add(company.stored_started_on, days=DAYS_TO_FILE)
                company.stored_filing_note = self.env._("File the cards with the commerce authority until %s.", last)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    stored_lpr_rate = fields.Float(related="company_id.stored_lpr_rate", readonly=False)
    stored_deposit_rate = fields.Float(related="company_id.stored_deposit_rate", readonly=False)
    stored_started_on = fields.Date(related="company_id.stored_started_on", readonly=False)
    stored_filed_on = fields.Date(related="company_id.stored_filed_on", readonly=False)
    stored_filing_number = fields.Char(related="company_id.stored_filing_number", readonly=False)
    stored_filing_note = fields.Char(related="company_id.stored_filing_note")
