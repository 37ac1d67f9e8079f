"""Messages of a recall: no marketing, and by day only."""

from odoo import fields, models
from odoo.addons.cosmetics_crm_mailing.tools import sms_hours


class SmsSms(models.Model):
    _inherit = "sms.sms"

    recall_id = fields.Many2one("cosmetics.recall", readonly=True, index="btree_not_null", ondelete="set null")

    def _apply_rules(self):
        """Hold messages of a recall from 21:00 to 8:00.

        The law asks for them (CSAR art. 44): consent, refused numbers, limits and the hours of marketing do not count. The goods
        have stopped being sold already, and a message that wakes people up is not read.
        """
        now = fields.Datetime.now()
        moment = sms_hours.next_moment(now, sms_hours.EARLIEST, sms_hours.LATEST)
        held = self.filtered("recall_id") if moment > now else self.browse()
        if held:
            held._carry_out("hold", moment, self.env._("A recall is told by day, from 8:00 on."))
        return super(SmsSms, self - held)._apply_rules()
