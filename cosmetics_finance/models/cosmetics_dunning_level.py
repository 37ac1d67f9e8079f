"""How a customer is reminded, the later the firmer."""

from odoo import fields, models


class CosmeticsDunningLevel(models.Model):
    """One step of dunning: after so many days somebody calls, a letter goes out, or deliveries stop."""

    _name = "cosmetics.dunning.level"
    _description = "Dunning Level"
    _order = "days, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    days = fields.Integer(string="Days Late", required=True, help="The level is reached when the oldest item is so many days late.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: for every company.")
    task = fields.Char(translate=True, help="What the person in charge has to do; empty: nobody is asked.")
    is_for_salesperson = fields.Boolean(
        string="Ask the Salesperson", default=True, help="The salesperson of the customer is asked; without one, the person in charge."
    )
    user_id = fields.Many2one("res.users", string="Person in Charge", help="Empty: an accountant of the company.")
    is_mailed = fields.Boolean(string="Mail the Customer", help="The text goes out by mail with the list of what is late.")
    text = fields.Text(translate=True, help="What the customer is told.")
    stops_deliveries = fields.Boolean(help="Nothing leaves for the customer until nothing is late, or an accountant releases it.")

    _days_positive = models.Constraint("CHECK (days > 0)", "A reminder comes a day after the due date at the earliest. Enter 1 or more.")
    _days_unique = models.UniqueIndex(
        "(days, coalesce(company_id, 0)) WHERE active", "There is a level for this number of days already. Change that one."
    )
    _text_given = models.Constraint(
        "CHECK (NOT is_mailed OR (text IS NOT NULL AND text::text <> '{}'))", "Enter the text that is mailed to the customer."
    )

    def _get_user(self, partner, company):
        """Return who is asked about a customer."""
        self.ensure_one()
        if self.is_for_salesperson and partner.user_id.active and company in partner.user_id.company_ids:
            return partner.user_id
        accountants = self.env.ref("cosmetics_finance.group_accountant").all_user_ids
        own = accountants.filtered(lambda user: company in user.company_ids and user.active and user != self.env.ref("base.user_root"))
        return self.user_id or own.sorted("id")[:1] or self.env.user
