"""The page on which a customer follows an order without logging in."""

from odoo import models
from odoo.tools.misc import hash_sign, verify_hash_signed

from ..tools.mask import mask_name, mask_phone, mask_text
from .sale_order_tracking import STAGES

SCOPE = "cosmetics_sales.tracking"
CUSTOMER_KINDS = ("ordered", "picking", "shipped", "signed", "returned")
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
        labels = dict(self._fields["fulfilment_stage"]._description_selection(self.env))
        states = dict(self.env["cosmetics.parcel"]._fields["state"]._description_selection(self.env))
        shown = [stage for stage in STAGES if stage not in ("review", "allocated", "settled")]
        stage = {"review": "ordered", "allocated": "ordered", "settled": "signed"}.get(self.fulfilment_stage, self.fulfilment_stage)
        events = self.event_ids.filtered(lambda event: event.kind in CUSTOMER_KINDS and event._get_summary())
        return {
            "order": self,
            "is_cancelled": stage == "cancelled",
            "steps": [
                {"label": labels[each], "is_done": stage in shown and index <= shown.index(stage), "is_current": each == stage}
                for index, each in enumerate(shown)
            ],
            "receiver": {
                "name": mask_name(receiver["name"]),
                "phone": mask_phone(receiver["phone"]),
                "district": receiver["district"].display_name if receiver["district"] else "",
            },
            "events": [{"at": event.at, "text": event._get_summary()} for event in events],
            "parcels": [
                {
                    "carrier": parcel.carrier_id.name,
                    "number": parcel.tracking_no,
                    "state": states[parcel.state],
                    "events": [{"at": line.at, "text": mask_text(line.text)} for line in parcel.event_ids],
                }
                for parcel in self.parcel_ids
            ],
        }
