"""Messages of a mailing carry the approved template and its values."""

from odoo import models

from ..tools import sms_text


class SmsComposer(models.TransientModel):
    _inherit = "sms.composer"

    def _prepare_mass_sms_values(self, records):
        result = super()._prepare_mass_sms_values(records)
        mailing = self.mailing_id.sudo()
        template = mailing.cosmetics_template_id
        if not template:
            return result
        names = sms_text.variables(template.text)
        params = records._get_sms_params(names) if hasattr(records, "_get_sms_params") else {}
        for record in records:
            values = result[record.id]
            values.update(
                cosmetics_template_id=template.id,
                template_params=params.get(record.id) or sms_text.match(template.text, values["body"]),
                sms_company_id=template.company_id.id,
                dedupe_key=f"mailing,{mailing.id},{record._name},{record.id}",
            )
        return result
