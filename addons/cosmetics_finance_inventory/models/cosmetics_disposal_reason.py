from odoo import fields, models


class CosmeticsDisposalReason(models.Model):
    _inherit = "cosmetics.disposal.reason"

    is_input_vat_transferred = fields.Boolean(
        string="Input VAT Transferred Out",
        groups="account.group_account_readonly",
        help="An abnormal loss: goods stolen, lost or spoiled by bad management. The input VAT on them is no longer deducted "
        "(VAT law: abnormal losses).",
    )
