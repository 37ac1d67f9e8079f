from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.profile import ROLES, Profile, split_headers


class CosmeticsBankProfile(models.Model):
    """How a bank heads the columns of its statement files. Headers are separated by "|"; the first that a file has counts."""

    _name = "cosmetics.bank.profile"
    _description = "Format of Bank Files"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    signature = fields.Char(
        string="Recognised by", help="Headers that a file of this bank always has, separated by |. Empty: tried when no other format fits."
    )
    date_headers = fields.Char(string="Time or Day", required=True)
    time_headers = fields.Char(string="Time of Day", help="When the time stands in a column of its own.")
    booked_headers = fields.Char(string="Booking Day")
    in_headers = fields.Char(string="Money In", help="The bank's credit (贷方) is money that comes in.")
    out_headers = fields.Char(string="Money Out", help="The bank's debit (借方) is money that goes out.")
    out_negative = fields.Boolean(string="Minus Signs in Money Out", help="Expenses are written with a minus sign.")
    amount_headers = fields.Char(string="Amount", help="When one column holds both; signed, or with the side in another column.")
    side_headers = fields.Char(string="Debit or Credit")
    balance_headers = fields.Char(string="Balance")
    partner_headers = fields.Char(string="Name of the Other Side")
    account_headers = fields.Char(string="Account of the Other Side")
    memo_headers = fields.Char(string="Memo", help="All that a file has are joined.")
    reference_headers = fields.Char(string="Transaction Number", help="Only a number that the bank gives once.")
    own_account_headers = fields.Char(string="Own Account")
    currency_headers = fields.Char(string="Currency")

    @api.constrains("date_headers", "in_headers", "out_headers", "amount_headers")
    def _check_columns(self):
        for profile in self:
            if not split_headers(profile.date_headers):
                raise ValidationError(self.env._("%s: name the column of the time, for example 交易时间.", profile.name))
            both = split_headers(profile.in_headers) and split_headers(profile.out_headers)
            if not both and not split_headers(profile.amount_headers):
                raise ValidationError(
                    self.env._("%s: name the columns of money in and money out, or the one column of the amount.", profile.name)
                )

    def _get_profiles(self):
        """Return the formats as plain :class:`~..tools.profile.Profile`; their code is the id of the record."""
        return [
            Profile(
                profile.id,
                frozenset(split_headers(profile.signature)),
                {role: split_headers(profile[f"{role}_headers"]) for role in ROLES},
                profile.out_negative,
            )
            for profile in self
        ]
