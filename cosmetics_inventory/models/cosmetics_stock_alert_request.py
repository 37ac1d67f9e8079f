"""Products whose stock has changed, for the next look."""

from datetime import timedelta

from odoo import api, fields, models

CRON = "cosmetics_inventory.cron_stock_alert"
# Seconds: a busy till asks once, not with every sale.
DELAY = 60


class CosmeticsStockAlertRequest(models.Model):
    """A wish to look at a product. Rows are only added and taken away, so that no sale ever waits for another one.

    The one row without a product says when everything was looked at the last time.
    """

    _name = "cosmetics.stock.alert.request"
    _description = "Stock Alert Request"

    product_id = fields.Many2one("product.product", ondelete="cascade")
    at = fields.Datetime(required=True, default=fields.Datetime.now)

    @api.model
    def _request(self, products):
        """Ask for a look at the stock of these products within about a minute."""
        # sudo: whoever moves goods asks without knowing of it
        self.sudo().create([{"product_id": product.id} for product in products])
        cron = self.env.ref(CRON).sudo()  # sudo: as above
        now = fields.Datetime.now()
        triggers = self.env["ir.cron.trigger"].sudo()  # sudo: as above
        if cron and not triggers.search_count([("cron_id", "=", cron.id), ("call_at", ">", now)], limit=1):
            cron._trigger(now + timedelta(seconds=DELAY))

    @api.model
    def _take(self):
        """Return the products that were asked for and forget the wishes; those that come in meanwhile stay."""
        requests = self.search([("product_id", "!=", False)])
        products = requests.product_id
        requests.unlink()
        return products

    @api.model
    def _take_turn(self, span):
        """Tell whether it is time to look at everything again, and note it when it is.

        :param timedelta span: between two looks at everything
        """
        now = fields.Datetime.now()
        last = self.search([("product_id", "=", False)], limit=1)
        if last and last.at > now - span:
            return False
        if last:
            last.at = now
        else:
            self.create({"at": now})
        return True
