from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    bill_price_tolerance = fields.Float(
        default=0.01,
        digits=(6, 4),
        help="How much more than the order a vendor bill may ask for a product before it is held, as a share of the price.",
    )
    late_order_mail = fields.Boolean(
        string="Remind Vendors", default=True, help="Write to the vendor once when goods have not come on the promised day."
    )
    price_alert_share = fields.Float(
        string="Price Alert",
        default=0.1,
        digits=(6, 4),
        help="An order warns when a price differs by more than this from the last one or the average of twelve months. 0: never.",
    )
    contract_warning_days = fields.Integer(
        string="Warn of Ending Contracts", default=30, help="Days before the end of a supplier contract on which its keeper is reminded."
    )
    grade_a_from = fields.Float(default=90, digits=(5, 1), help="Points a vendor needs for this grade.")
    grade_b_from = fields.Float(default=75, digits=(5, 1), help="Points a vendor needs for this grade.")
    grade_c_from = fields.Float(default=60, digits=(5, 1), help="Points a vendor needs for this grade; below it is a D.")

    _bill_price_tolerance_sane = models.Constraint(
        "CHECK (bill_price_tolerance IS NULL OR (bill_price_tolerance >= 0 AND bill_price_tolerance <= 1))",
        "The price tolerance of vendor bills goes from 0 to 100 %.",
    )
    _price_alert_sane = models.Constraint(
        "CHECK ((price_alert_share IS NULL OR price_alert_share >= 0) AND (contract_warning_days IS NULL OR contract_warning_days >= 0))",
        "The share of the price alert and the days before a contract ends cannot be negative.",
    )
    _grades_ordered = models.Constraint(
        "CHECK (grade_a_from IS NULL OR (grade_a_from <= 100 AND grade_a_from >= grade_b_from AND grade_b_from >= grade_c_from "
        "AND grade_c_from >= 0))",
        "The points of the grades go down from A to C, between 100 and 0.",
    )
