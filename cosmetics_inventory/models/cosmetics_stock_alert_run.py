"""The job of stock alerts: what is new is told, what is gone is closed, what waits too long goes one step up."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ..tools.shelf_life import china_day
from ..tools.stock_watch import CAUSES

ACTIVITY = "cosmetics_inventory.mail_activity_type_stock_alert"
TEMPLATE = "cosmetics_inventory.mail_template_stock_alert"
LIST_URL = "/odoo/action-cosmetics_inventory.cosmetics_stock_alert_action"
FULL_SPAN = timedelta(minutes=55)


class CosmeticsStockAlert(models.Model):
    _inherit = "cosmetics.stock.alert"

    @api.model
    def _cron_alert(self):
        """Look at the products that moved since the last run, once an hour at everything; the scheduler runs one at a time."""
        requests = self.env["cosmetics.stock.alert.request"]
        products = requests._take()
        self._look(None if requests._take_turn(FULL_SPAN) else products)
        self._escalate()

    @api.model
    def _look(self, products=None):
        """Compare what is wrong now with what was told; looking twice tells nothing twice.

        :param products: product.product to look at; None for all
        """
        now = fields.Datetime.now()
        found = self._find(products)
        scope = [] if products is None else [("product_id", "in", products.ids)]
        known = {alert._get_key(): alert for alert in self.search([("state", "!=", "closed"), *scope])}
        news, keys = [], set()
        worse = self.browse()
        for (product, place, kind, lot), figures in found.items():
            key = (product, place, CAUSES[kind], lot)
            keys.add(key)
            if alert := known.get(key):
                worse |= alert._refresh(kind, figures)
            else:
                news.append({"product_id": product, "warehouse_id": place, "kind": kind, "lot_id": lot, **figures})
        gone = self.union(*(alert for key, alert in known.items() if key not in keys))
        gone.write({"state": "closed", "closed_at": now, "snoozed_until": False})
        gone._end_activities()
        due = self._get_due([alert for key, alert in known.items() if key in keys], now)
        (self.create(news) | worse | due)._tell()

    def _get_key(self):
        return (self.product_id.id, self.warehouse_id.id, self.cause, self.lot_id.id)

    def _refresh(self, kind, figures):
        """Write the figures of now; return the alert when it has got worse, so that it must be told again."""
        self.ensure_one()
        current = self._convert_to_write({name: self[name] for name in figures})
        changed = {name: value for name, value in figures.items() if current[name] != value}
        is_worse = kind == "out" and self.kind == "minimum"
        if kind != self.kind:
            changed["kind"] = kind
        if changed:
            self.write(changed)
        return self if is_worse else self.browse()

    @api.model
    def _get_due(self, alerts, now):
        """Return the alerts to be told again: their snooze is over, or they were handled and the cause has stayed."""
        return self.union(
            *(
                alert
                for alert in alerts
                if (alert.state == "snoozed" and alert.snoozed_until <= now)
                or (alert.state == "handled" and alert.handled_at <= now - timedelta(days=alert.threshold_id.recheck_days or 7))
            )
        )

    def _tell(self):
        """Open these alerts and tell who is responsible: one activity for each person and warehouse, one e-mail for each person."""
        if not self:
            return
        users = self.warehouse_id._get_stock_alert_users()
        parts = defaultdict(lambda: self.browse())
        for alert in self:
            named = alert.threshold_id.user_id
            parts[named if named.active else users[alert.warehouse_id], alert.warehouse_id] |= alert
        digests = defaultdict(lambda: self.browse())
        for (user, warehouse), alerts in parts.items():
            alerts.write(
                {
                    "state": "open",
                    "user_id": user.id,
                    "told_at": fields.Datetime.now(),
                    "snoozed_until": False,
                    "snoozed_by_id": False,
                    "handled_by_id": False,
                    "handled_at": False,
                    "escalated_at": False,
                    "escalation_user_id": False,
                    "activity_id": alerts._join_activity(user, warehouse).id if user else False,
                }
            )
            digests[user] |= alerts
        for user, alerts in digests.items():
            alerts._send(user)

    def _join_activity(self, user, warehouse):
        """Return the one activity that tells a person of a warehouse; what is new joins the one that is still open."""
        open_alerts = self.search([("state", "=", "open"), ("user_id", "=", user.id), ("warehouse_id", "=", warehouse.id)])
        words = self.with_context(lang=user.lang).env
        summary = words._("%(warehouse)s: %(count)s stock alerts", warehouse=warehouse.name, count=len(open_alerts | self))
        note = self.with_context(lang=user.lang).env["ir.qweb"]._render("cosmetics_inventory.stock_alert_note", {"url": LIST_URL})
        if activity := open_alerts.activity_id.filtered("active")[:1]:
            activity.summary = summary
            return activity
        return warehouse.activity_schedule(
            ACTIVITY, date_deadline=china_day(fields.Datetime.now()), user_id=user.id, summary=summary, note=note
        )

    @api.model
    def _escalate(self):
        """Tell the next level of what nobody has taken up in the hours its threshold allows, once."""
        now = fields.Datetime.now()
        waiting = self.search([("state", "=", "open"), ("escalated_at", "=", False), ("threshold_id.escalation_hours", ">", 0)])
        late = waiting.filtered(lambda alert: alert.told_at <= now - timedelta(hours=alert.threshold_id.escalation_hours))
        parts = defaultdict(lambda: self.browse())
        for alert in late:
            named = alert.threshold_id.escalation_user_id.filtered("active")
            parts[named or alert.warehouse_id._get_stock_alert_superior(alert.company_id), alert.warehouse_id] |= alert
        digests = defaultdict(lambda: self.browse())
        for (user, warehouse), alerts in parts.items():
            alerts.write({"escalated_at": now, "escalation_user_id": user.id})
            if user and user != alerts.user_id:
                alerts._plan_escalation(user, warehouse)
                digests[user] |= alerts
        for user, alerts in digests.items():
            alerts._send(user)

    def _plan_escalation(self, user, warehouse):
        """Plan an activity for who is told last; it is a call to look, so ticking it off handles nothing by itself."""
        words = self.with_context(lang=user.lang).env
        warehouse.activity_schedule(
            ACTIVITY,
            date_deadline=china_day(fields.Datetime.now()),
            user_id=user.id,
            summary=words._("%(warehouse)s: nobody has taken up %(count)s stock alerts", warehouse=warehouse.name, count=len(self)),
            note=words["ir.qweb"]._render("cosmetics_inventory.stock_alert_note", {"url": LIST_URL}),
        )

    def _send(self, user):
        """Queue one e-mail to a person who has an address; other ways of telling extend this."""
        if not user.email:
            return
        alerts = self.with_context(lang=user.lang)
        kinds = dict(alerts._fields["kind"]._description_selection(alerts.env))
        groups = alerts.grouped(lambda alert: (alert.warehouse_id, alert.kind))
        rows = [{"warehouse": place, "kind": kinds[kind], "count": len(group)} for (place, kind), group in groups.items()]
        # sudo: the address of the system is everybody's who gets a link to it
        url = f"{self.env['ir.config_parameter'].sudo().get_param('web.base.url')}{LIST_URL}"
        self.env.ref(TEMPLATE).with_context(stock_alert_rows=rows, stock_alert_url=url).send_mail(user.id)
