"""Steps are told to the timeline of an order; what is a fact is told once."""

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    event_ids = fields.One2many("cosmetics.order.event", "order_id", string="Timeline", readonly=True)

    def _record_event(self, kind, sentence=None, at=None, facts=None):
        """Put one row for each order on its timeline, in one insert, and return them; a fact that is told already is left out.

        ``sentence``, ``at`` (naive UTC) and ``facts`` are one value for all orders or a dict by the id of the order; facts
        are a dict of names and numbers (see ``cosmetics.order.event``), of which a sentence is made for each reader.
        """

        shared = isinstance(facts, dict) and not any(isinstance(key, int) for key in facts)
        now = fields.Datetime.now()
        vals_list = [
            {
                "order_id": order.id,
                "kind": kind,
                "sentence": of_order(sentence, order) or False,
                "at": of_order(at, order) or now,
                "facts": (facts if shared else of_order(facts, order)) or False,
            }
            for order in self
        ]
        self._set_fact_keys(kind, vals_list)
        told = self._get_told_facts(kind, vals_list)
        # Nobody may create events directly, else a timeline could be made up; each caller has just changed the order.
        return (
            self.env["cosmetics.order.event"]
            .sudo()
            .create([vals for vals in vals_list if (vals["order_id"], vals["fact_key"]) not in told])
        )

    # ------------------------------------------------------------------ hooks
    def _get_fact_key(self, kind, facts, reopened=0):
        """Return what names this fact among those of its kind; False for what may happen again.

        :param int reopened: how often a settlement of the order was opened again: what it settles then is another fact
        """
        if kind == "ordered":
            return "ordered"
        if kind == "settled":
            return f"settled {reopened}"
        if kind == "signed":
            return facts.get("number") or ("platform" if facts.get("platform") else False)
        if kind in ("shipped", "returned"):
            return facts.get("picking") or facts.get("number") or False
        return False

    # ------------------------------------------------------------------ helpers
    def _set_fact_keys(self, kind, vals_list):
        reopened = self._get_reopened_counts() if kind == "settled" else {}
        for vals in vals_list:
            vals["fact_key"] = self._get_fact_key(kind, vals["facts"] or {}, reopened.get(vals["order_id"], 0))

    def _get_told_facts(self, kind, vals_list):
        """Return {(order id, key)} of the facts that stand on the timelines already. A new order has none."""
        keys = {vals["fact_key"] for vals in vals_list if vals["fact_key"]}
        if not keys or kind == "ordered":
            return set()
        # sudo: as for writing them
        found = (
            self.env["cosmetics.order.event"]
            .sudo()
            .search_fetch([("order_id", "in", self.ids), ("kind", "=", kind), ("fact_key", "in", list(keys))], ["order_id", "fact_key"])
        )
        return {(event.order_id.id, event.fact_key) for event in found}

    def _get_reopened_counts(self):
        """Return {order id: how often a settlement that held the order was opened again}."""
        # sudo: as for writing them
        notes = self.env["cosmetics.order.event"].sudo().search([("order_id", "in", self.ids), ("kind", "=", "note")])
        notes = notes.filtered(lambda event: (event.facts or {}).get("what") == "reopened")
        return {order.id: len(own) for order, own in notes.grouped("order_id").items()}

    def _filtered_told_settled(self):
        """Return those of these orders whose timeline says that they are settled, and not opened again since."""
        reopened = self._get_reopened_counts()
        # sudo: as for writing them
        events = self.env["cosmetics.order.event"].sudo().search([("order_id", "in", self.ids), ("kind", "=", "settled")])
        counts = {order.id: len(own) for order, own in events.grouped("order_id").items()}
        return self.filtered(lambda order: counts.get(order.id, 0) > reopened.get(order.id, 0))


def of_order(value, order):
    """Return the value of one order out of one for all or a dict by the id of the order."""
    return value.get(order.id) if isinstance(value, dict) else value
