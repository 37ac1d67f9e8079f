"""Who was told of which batch near its expiry, and what became of it."""

from collections import defaultdict

from odoo import api, fields, models

from ..tools.shelf_life import china_day

ACTIVITY = "cosmetics_inventory.mail_activity_type_shelf_life"
TEMPLATE = "cosmetics_inventory.mail_template_shelf_life_digest"
LIST_URL = "/odoo/action-cosmetics_inventory.cosmetics_shelf_life_alert_action"


class CosmeticsShelfLifeAlert(models.Model):
    """A batch entered a band in a warehouse and somebody was told: once for each batch, warehouse and band.

    A day's batches of one warehouse and band share one activity, so that nobody drowns. The next band tells again and closes what
    the one before left open. A batch whose date is corrected, so that it leaves a band and enters it again later, is told again.
    """

    _name = "cosmetics.shelf.life.alert"
    _description = "Shelf Life Alert"
    _order = "id desc"
    _rec_name = "lot_id"

    lot_id = fields.Many2one("stock.lot", string="Batch", required=True, readonly=True, ondelete="cascade")
    product_id = fields.Many2one(related="lot_id.product_id", store=True, index=True)
    expiration_on = fields.Date(related="lot_id.expiration_on")
    warehouse_id = fields.Many2one("stock.warehouse", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="warehouse_id.company_id", store=True, index=True)
    band_id = fields.Many2one("cosmetics.shelf.life.band", required=True, readonly=True, index=True, ondelete="cascade")
    quantity = fields.Float(digits="Product Unit", readonly=True, help="What lay there when the alert was given.")
    at = fields.Datetime(string="Told At", required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", string="Told", readonly=True, index=True)
    activity_id = fields.Many2one("mail.activity", readonly=True, index="btree_not_null", ondelete="set null")
    state = fields.Selection([("open", "Open"), ("handled", "Handled")], required=True, readonly=True, default="open", index=True)
    handled_by_id = fields.Many2one(
        "res.users", readonly=True, help="Empty: the goods were gone or in another band when the daily job looked."
    )
    handled_at = fields.Datetime(readonly=True)
    is_past = fields.Boolean(
        string="Band Is Past", readonly=True, help="The batch has left this band. If a corrected date brings it back, it is told again."
    )

    _told_once = models.UniqueIndex(
        "(lot_id, warehouse_id, band_id) WHERE is_past IS NOT TRUE", "This batch was reported in this band already."
    )

    def action_handle(self):
        """Note that these batches were dealt with; the activity ends with its last batch."""
        self.check_access("read")
        # sudo: alerts are written by the system; who sees them (own stores) may close them.
        self.sudo().filtered(lambda alert: alert.state == "open")._set_handled(self.env.user)

    def action_view_stock(self):
        """Open what lies there of these batches."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_shelf_life_report_action")
        domain = [("lot_id", "in", self.lot_id.ids), ("warehouse_id", "in", self.warehouse_id.ids)]
        return {**action, "domain": domain, "context": {}}

    def _set_handled(self, user):
        """Close alerts; an activity without open alerts is archived.

        :param user: who dealt with them, empty when the goods are simply gone
        """
        self.write({"state": "handled", "handled_by_id": user.id, "handled_at": fields.Datetime.now()})
        activities = self.activity_id.filtered("active")
        busy = self.search([("activity_id", "in", activities.ids), ("state", "=", "open")]).activity_id
        (activities - busy).action_archive()

    @api.model
    def _cron_alert(self):
        """Tell of batches that entered a band since the last run; the same batch and band are told once.

        One activity for each warehouse and band, one e-mail for each person. Alerts of goods that are gone are closed.
        Bands are brought up to date first: whatever the job of the bands missed would be told a day late.
        """
        lots = self.env["stock.lot"]
        lots.search([("band_next_on", "<=", lots._get_china_today())])._update_shelf_life()
        self._leave_bands()
        groups = self.env["cosmetics.shelf.life.report"]._read_group(
            [("band_id.alert", "=", True), ("warehouse_id", "!=", False)], ["warehouse_id", "band_id", "lot_id"], ["quantity:sum"]
        )
        self._close_gone({(warehouse.id, lot.id) for warehouse, _band, lot, _quantity in groups})
        known = {
            (alert.warehouse_id, alert.band_id, alert.lot_id)
            for alert in self.search_fetch([("is_past", "=", False)], ["warehouse_id", "band_id", "lot_id"])
        }
        news = defaultdict(list)
        for warehouse, band, lot, quantity in groups:
            if (warehouse, band, lot) not in known:
                news[warehouse, band].append((lot, quantity))
        self._tell(news)

    @api.model
    def _leave_bands(self):
        """Note which alerts speak of a band that their batch has left, and close those that are still open."""
        past = self.search([("is_past", "=", False)]).filtered(lambda alert: alert.band_id != alert.lot_id.band_id)
        past.is_past = True
        past.filtered(lambda alert: alert.state == "open")._set_handled(self.env["res.users"])

    @api.model
    def _close_gone(self, present):
        """Close open alerts whose goods left the warehouse.

        :param present: set of (warehouse id, lot id) that are still there
        """
        alerts = self.search([("state", "=", "open")])
        alerts.filtered(lambda alert: (alert.warehouse_id.id, alert.lot_id.id) not in present)._set_handled(self.env["res.users"])

    @api.model
    def _tell(self, news):
        """Write alerts, plan activities and send the digests.

        :param dict news: {(warehouse, band): [(lot, quantity), …]}
        """
        warehouses = self.env["stock.warehouse"].union(*(warehouse for warehouse, _band in news))
        users = warehouses._get_shelf_life_users()
        digests = defaultdict(list)
        vals_list = []
        for (warehouse, band), entries in sorted(news.items(), key=lambda item: (item[0][0].id, item[0][1].sequence)):
            user = users[warehouse]
            activity = self._plan_activity(user, warehouse, band, entries) if user else self.env["mail.activity"]
            digests[user].append({"warehouse": warehouse, "band": band, "lots": len(entries), "units": self._get_units(entries)})
            vals_list += [
                {
                    "lot_id": lot.id,
                    "warehouse_id": warehouse.id,
                    "band_id": band.id,
                    "quantity": quantity,
                    "user_id": user.id,
                    "activity_id": activity.id,
                }
                for lot, quantity in entries
            ]
        self.create(vals_list)
        self._send_digests(digests)

    @api.model
    def _get_units(self, entries):
        """Return the units of (lot, quantity) pairs as text."""
        return f"{sum(quantity for _lot, quantity in entries):g}"

    @api.model
    def _plan_activity(self, user, warehouse, band, entries):
        """Plan the one activity of a warehouse and band, in the language of who is told; it is due today."""
        words = self.with_context(lang=user.lang)
        names = {
            "band": band.with_context(lang=user.lang).name,
            "warehouse": warehouse.name,
            "count": len(entries),
            "units": self._get_units(entries),
        }
        return warehouse.activity_schedule(
            ACTIVITY,
            date_deadline=china_day(fields.Datetime.now()),
            user_id=user.id,
            summary=words.env._("%(warehouse)s: %(count)s batches, %(units)s units now “%(band)s”", **names),
            note=words._get_link(),
        )

    def _get_link(self):
        """Return the link to the list of open alerts."""
        return self.env["ir.qweb"]._render("cosmetics_inventory.shelf_life_alert_note", {"url": LIST_URL})

    @api.model
    def _send_digests(self, digests):
        """Queue one e-mail for each person who has an address.

        :param dict digests: {user: [{warehouse, band, lots, units}, …]}
        """
        template = self.env.ref(TEMPLATE)
        url = f"{self.env['ir.config_parameter'].sudo().get_param('web.base.url')}{LIST_URL}"
        for user, rows in digests.items():
            if user.email:
                template.with_context(shelf_life_rows=rows, shelf_life_url=url).send_mail(user.id)
