"""The page on which a customer follows an order without logging in."""

from odoo import models
from odoo.tools.misc import hash_sign, verify_hash_signed

from ..tools.mask import mask_name, mask_phone, mask_text

SCOPE = "cosmetics_sales.tracking"
CUSTOMER_STEPS = {
    "ordered": ("ordered", "review", "allocated"),
    "picking": ("picking",),
    "shipped": ("shipped",),
    "signed": ("signed", "settled"),
}
"""Steps a customer sees, and the stages of the order behind each."""
LINK_DAYS = 60
"""A parcel has arrived or come back long before; after that the link tells nobody anything."""


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_tracking_link(self):
        """Show the link with its QR code, to be sent to the customer."""
        self.ensure_one()
        self.check_access("read")
        wizard = self.env["cosmetics.tracking.link"].create({"order_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tracking Link for the Customer"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def _get_tracking_url(self):
        """Return the address of the page: signed, good for 60 days, and good for this order only."""
        self.ensure_one()
        token = hash_sign(self.sudo().env, SCOPE, self.id, expiration_hours=LINK_DAYS * 24)
        return f"{self.get_base_url()}/track/{token}"

    def _get_by_tracking_token(self, token):
        """Return the order of a signed token, empty when the token is wrong or too old."""
        try:
            number = verify_hash_signed(self.sudo().env, SCOPE, token)
        except ValueError:
            # Cut off or made up: no token of ours at all.
            number = None
        return self.browse(number).exists() if isinstance(number, int) else self.browse()

    def _get_tracking_page(self):
        """Return what a customer may see of the order: dict of order, stage, steps, receiver (masked), events, parcels.

        The page has no login, so it shows no price, no address below the district, no name in full, no remark of the staff.
        """
        self.ensure_one()
        receiver = self._get_receiver()
        labels, states = self._get_customer_labels()
        current = next((step for step, stages in CUSTOMER_STEPS.items() if self.fulfilment_stage in stages), "")
        steps = list(CUSTOMER_STEPS)
        return {
            "order": self,
            "is_cancelled": self.fulfilment_stage == "cancelled",
            "steps": [
                {"label": labels[step], "is_done": current and index <= steps.index(current), "is_current": step == current}
                for index, step in enumerate(steps)
            ],
            "receiver": {
                "name": mask_name(receiver["name"]),
                "phone": mask_phone(receiver["phone"]),
                "district": receiver["district"].display_name if receiver["district"] else "",
            },
            "events": self.event_ids._get_customer_sentences(),
            "parcels": [
                {
                    "carrier": parcel.carrier_id.name,
                    "number": parcel.tracking_no,
                    "state": states[parcel.state],
                    "is_problem": parcel.state in ("problem", "refused", "returning", "returned"),
                    "events": [{"at": line.at, "text": self._hide_receiver(line.text, receiver)} for line in parcel.event_ids],
                }
                for parcel in self.parcel_ids
            ],
            "shop": self.channel_id.shop_name or self.company_id.name,
            "shop_phone": self.company_id.phone or "",
        }

    def _hide_receiver(self, text, receiver):
        """Return a courier's sentence without telephone numbers, the name and the address of the receiver in full."""
        text = mask_text(text)
        for secret, shown in (
            (receiver["address"], "***"), (receiver["street"], "***"), (receiver["name"], mask_name(receiver["name"]))
        ):  # fmt: skip
            if len(secret or "") > 1:
                text = text.replace(secret, shown)
        return text

    def _get_customer_labels(self):
        """Return the words of the page: ({step: label}, {state of a parcel: label})."""
        steps = {
            "ordered": self.env._("Order Received"),
            "picking": self.env._("Being Packed"),
            "shipped": self.env._("On Its Way"),
            "signed": self.env._("Delivered"),
        }
        states = {
            "new": self.env._("Waiting for the courier"),
            "picked_up": self.env._("Collected by the courier"),
            "in_transit": self.env._("On its way"),
            "customs": self.env._("At customs"),
            "delivering": self.env._("Out for delivery"),
            "forwarded": self.env._("Passed to another courier"),
            "problem": self.env._("Held up, please call us"),
            "refused": self.env._("Delivery refused"),
            "returning": self.env._("On its way back to us"),
            "signed": self.env._("Delivered"),
            "returned": self.env._("Back with us"),
        }
        return steps, states
