"""Why the goods of an order come from there: kept as facts, told to each reader in the own language."""

from odoo import models
from odoo.tools import format_list

from ..tools import allocation
from ..tools.still_there import still_there


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_allocation_reason(self, decision):
        """Return a decision as what its sentence is made of: {"code", "places", "missing", "kept_for"}, ids and numbers only.

        ``missing`` holds [product id, there, wanted] of the goods that are named, ``is_more`` tells that there are others.
        """
        self.ensure_one()
        lines = {line.id: line for line in self.order_line}
        return {
            "code": decision.code,
            "places": list(decision.places),
            **self._get_missing_facts([(lines[key], wanted, there) for key, wanted, there in decision.missing]),
            "kept_for": list(decision.kept_for[:3]),
        }

    def _get_missing_facts(self, missing):
        """Return the first missing goods as facts; ``missing`` is [(order line, wanted, there)], in the unit of the product."""
        shown = [[line.product_id.id, there, wanted] for line, wanted, there in missing[:3]]
        return {"missing": shown, "is_more": len(missing) > 3}

    def _render_allocation(self, reason):
        """Return the sentence of a reason (see `_get_allocation_reason`) in the language of the environment, empty without one."""
        if not reason:
            return ""
        code = reason["code"]
        places = self._get_names("stock.warehouse", reason.get("places"))
        if code == "manual":
            return self.env._(
                "%(warehouse)s was chosen by %(user)s: %(reason)s", warehouse=places, user=reason["user"], reason=reason["reason"]
            )
        if code == "arrived":
            return self.env._("The goods are there: %s.", places)
        goods = self._get_missing_goods(reason)
        if code == "partial":
            return self.env._("%(places)s: what is there is delivered, the rest waits. Missing: %(goods)s.", places=places, goods=goods)
        if code in (*allocation.CRITERIA, "single", "only", "split"):
            return self._get_choice_sentence(code, places)
        return self._get_waiting_sentence(reason, places, goods)

    def _get_choice_sentence(self, code, places):
        """Return why one place, or several together, give the goods; ``places`` are their names."""
        sentences = {
            "single": self.env._("%s is the only candidate, and everything is there.", places),
            "only": self.env._("Only %s has everything.", places),
            "full": self.env._("%s has everything in one place.", places),
            "priority": self.env._("%s has everything and is the first of the candidates.", places),
            "nearest": self.env._("%s has everything and is nearest to the receiver.", places),
            "load": self.env._("%s has everything and the fewest open deliveries.", places),
            "expiry": self.env._("%s has everything, and its goods expire first.", places),
            "split": self.env._("No single place was chosen: %s give the goods together.", places),
        }
        return sentences[code]

    def _get_waiting_sentence(self, reason, places, goods):
        """Return what the order waits for; ``places`` is where it does, if that is settled."""
        code = reason["code"]
        if code == "no_place":
            return self.env._("Waiting: no warehouse may give this order. Add candidates to the allocation rule.")
        if code == "scattered":
            return self.env._("Waiting: all goods are there, but in too many places for one order. Missing in the best of them: %s.", goods)
        if code == "kept":
            orders = self._get_names("sale.order", reason["kept_for"])
            return self.env._("Waiting for goods: %(goods)s. These orders have their turn first: %(orders)s.", goods=goods, orders=orders)
        if places:
            return self.env._("Waiting for goods in %(place)s: %(goods)s.", place=places, goods=goods)
        return self.env._("Waiting for goods: %s.", goods)

    def _get_missing_goods(self, reason):
        """Return the first missing goods as text: product, how much is there of how much."""
        # sudo: the name of what was ordered, whatever the reader may see of the product now
        products = self.env["product.product"].sudo()
        shown = [
            self.env._(
                "%(product)s (%(there)s of %(wanted)s there)",
                product=still_there(products.browse(product)).display_name or "?",
                there=f"{there:g}",
                wanted=f"{wanted:g}",
            )
            for product, there, wanted in reason.get("missing", ())
        ]
        listed = format_list(self.env, shown) if shown else ""
        return self.env._("%s and more", listed) if reason.get("is_more") else listed

    def _get_names(self, model, ids):
        """Return the names of records, those that are gone left out."""
        # sudo: a name in a sentence, whatever the reader may open
        return format_list(self.env, still_there(self.env[model].sudo().browse(ids or ())).mapped("name"))
