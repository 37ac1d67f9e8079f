"""The accounts a member has on platforms."""

from odoo import api, fields, models


class CosmeticsMemberAccount(models.Model):
    """A member's id on a platform: what a channel knows the member by. One account belongs to one member."""

    _name = "cosmetics.member.account"
    _description = "Member Account"
    _order = "platform, id"
    _rec_name = "account_ref"

    partner_id = fields.Many2one("res.partner", string="Member", required=True, index=True, ondelete="cascade")
    platform = fields.Selection(
        [
            ("wechat_openid", "WeChat OpenID"),
            ("wechat_unionid", "WeChat UnionID"),
            ("wecom", "WeCom"),
            ("taobao", "Taobao/Tmall"),
            ("jd", "JD"),
            ("pinduoduo", "Pinduoduo"),
            ("douyin", "Douyin"),
            ("xiaohongshu", "Xiaohongshu"),
            ("youzan", "Youzan"),
            ("other", "Other Platform"),
        ],
        required=True,
    )
    account_ref = fields.Char(string="Account", required=True, help="Id or name of the member on the platform, as its files write it.")

    _account_uniq = models.UniqueIndex(
        "(platform, account_ref)", "This account belongs to a member already. Look the account up among the members and merge the two."
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean(vals))

    @api.model
    def _clean(self, vals):
        """Blanks around an id would make two accounts of one."""
        return {**vals, "account_ref": vals["account_ref"].strip()} if vals.get("account_ref") else vals
