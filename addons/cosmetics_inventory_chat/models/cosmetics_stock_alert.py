"""New stock alerts are told in the group of the warehouse, too."""

from odoo import models

# A group reads the first lines; the list has all of them.
LINES = 10


class CosmeticsStockAlert(models.Model):
    _inherit = "cosmetics.stock.alert"

    def _tell(self):
        res = super()._tell()
        words = self.with_context(lang=self.env["cosmetics.notify.channel"]._get_lang(self))
        for warehouse, alerts in words.grouped("warehouse_id").items():
            kinds = dict(alerts._fields["kind"]._description_selection(alerts.env))
            lines = [f"{kinds[alert.kind]} · {alert.product_id.display_name}: {alert.sentence}" for alert in alerts[:LINES]]
            if len(alerts) > LINES:
                lines.append(alerts.env._("and %s more", len(alerts) - LINES))
            title = alerts.env._("%(warehouse)s: %(count)s new stock alerts", warehouse=warehouse.name, count=len(alerts))
            self.env["cosmetics.notify.channel"]._notify("stock_alert", warehouse, title, lines)
        return res


class CosmeticsNotifyChannel(models.Model):
    _inherit = "cosmetics.notify.channel"

    def _get_lang(self, records):
        """Return the language of a group: that of the company whose news it reads."""
        return records[:1].company_id.partner_id.lang or self.env.lang
