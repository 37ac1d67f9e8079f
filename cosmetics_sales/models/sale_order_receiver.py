"""Who receives an order is told to those who sell, bill and review it, and to nobody else who can open orders."""

from odoo import fields, models

READERS = "sales_team.group_sale_salesman,account.group_account_invoice,cosmetics_sales.group_order_reviewer"
"""Core lets every stock user read every order. A keeper needs a receiver on the labels of the own deliveries, which have their own way."""


class SaleOrder(models.Model):
    _inherit = "sale.order"

    channel_buyer = fields.Char(groups=READERS)
    receiver_name = fields.Char(groups=READERS)
    receiver_phone = fields.Char(groups=READERS)
    receiver_district_id = fields.Many2one(groups=READERS)
    receiver_street = fields.Char(groups=READERS)
    receiver_address = fields.Char(groups=READERS)
    buyer_note = fields.Text(groups=READERS)
    phone_key = fields.Char(groups=READERS)
    any_number = fields.Char(groups=READERS)
