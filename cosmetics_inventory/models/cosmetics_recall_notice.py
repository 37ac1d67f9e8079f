"""Who was told of a recall, how and by whom."""

from odoo import api, fields, models


class CosmeticsRecallNotice(models.Model):
    """One message to one buyer. It stays on record: the authority asks who was told and when."""

    _name = "cosmetics.recall.notice"
    _description = "Recall Notice"
    _order = "id desc"
    _rec_name = "partner_id"

    recall_id = fields.Many2one("cosmetics.recall", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    line_ids = fields.Many2many(
        "cosmetics.recall.line", "cosmetics_recall_notice_line_rel", "notice_id", "line_id", string="Purchases", readonly=True
    )
    partner_id = fields.Many2one("res.partner", string="Buyer", required=True, readonly=True, index=True)
    channel = fields.Selection(selection="_selection_channel", required=True, readonly=True)
    at = fields.Datetime(string="Told at", required=True, readonly=True, default=fields.Datetime.now)
    address = fields.Char(string="To", readonly=True)
    mail_id = fields.Many2one("mail.mail", readonly=True, index="btree_not_null", groups="base.group_system")
    state = fields.Selection(
        [("queued", "Being Sent"), ("sent", "Sent"), ("failed", "Failed"), ("no_contact", "No Contact")],
        compute="_compute_state",
        store=True,
        readonly=False,
        required=True,
        default="queued",
    )
    user_id = fields.Many2one("res.users", string="Told by", required=True, readonly=True, default=lambda self: self.env.user)

    @api.model
    def _selection_channel(self):
        return [(channel["code"], channel["name"]) for channel in self.env["cosmetics.recall"]._get_notice_channels()]

    @api.depends("mail_id.state")
    def _compute_state(self):
        states = {"outgoing": "queued", "sent": "sent", "received": "sent", "exception": "failed", "cancel": "failed"}
        for notice in self:
            notice.state = states.get(notice.mail_id.state, notice.state or "queued")

    def _send_by_mail(self):
        """Queue an e-mail in the language of each buyer; the mail queue sends it and says whether it arrived."""
        template = self.env.ref("cosmetics_inventory.mail_template_recall_notice")
        # sudo: a quality manager may send this template and no other mail, and sees its state on the notice only.
        mails = template.sudo().send_mail_batch(self.ids)
        for notice, mail in zip(self.sudo(), mails, strict=True):
            notice.mail_id = mail

    def _get_language(self):
        """Return the language of the buyer, else of the company, else Chinese."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        wanted = (self.partner_id.lang, self.company_id.partner_id.lang, "zh_CN")
        return next((code for code in wanted if code in installed), "en_US")

    def _get_goods(self):
        """Return the goods to bring back as text lines for the message: product, batch."""
        return [f"{line.product_id.display_name}  {line.lot_id.name}" for line in self.recall_id.recall_lot_ids]
