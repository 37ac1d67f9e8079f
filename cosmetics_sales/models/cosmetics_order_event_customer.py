"""The timeline in the words of a customer, who knows neither reviews nor transfers."""

from odoo import models


class CosmeticsOrderEvent(models.Model):
    _inherit = "cosmetics.order.event"

    def _get_customer_sentences(self):
        """Return what customers read of these events, newest first: dicts of ``at`` (naive UTC) and ``text``, each text once.

        What the shop does between two steps of the customer has no sentence.
        """
        told = {}
        for event in self.sorted(lambda each: (each.at, each.id)):
            render = getattr(event, f"_get_customer_{event.kind}", None)
            text = render(event.facts or {}) if render else ""
            if text:
                told.setdefault(text, event.at)
        return [{"at": at, "text": text} for text, at in reversed(told.items())]

    def _get_customer_ordered(self, facts):
        return self.env._("We have received your order.")

    def _get_customer_picking(self, facts):
        return self.env._("Your goods are being packed.")

    def _get_customer_shipped(self, facts):
        if facts.get("number"):
            return self.env._(
                "Your parcel left us with %(carrier)s, number %(number)s.",
                carrier=facts.get("carrier"),
                number=self._spell(facts["number"]),
            )
        return self.env._("Your goods have left us.")

    def _get_customer_signed(self, facts):
        if facts.get("number"):
            return self.env._("Parcel %(number)s was delivered.", number=self._spell(facts["number"]))
        return self.env._("Your goods have arrived.")

    def _get_customer_returned(self, facts):
        if facts.get("what") == "not_accepted":
            return self.env._(
                "We cannot take %(product)s back and send it back to you: %(reason)s",
                product=facts.get("product"),
                reason=facts.get("reason"),
            )
        return self.env._("Returned goods have reached us.")

    def _get_customer_note(self, facts):
        return self.env._("The order was cancelled.") if facts.get("what") == "cancelled" else ""
