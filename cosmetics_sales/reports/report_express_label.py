"""Labels for parcels."""

from odoo import api, models

from ..tools.mask import mask_phone

GOODS_SHOWN = 8
"""Lines that fit on 150 mm beside the address."""


class ReportExpressLabel(models.AbstractModel):
    """A plain label with receiver, sender and goods; it is not the electronic waybill (面单) of a platform or a courier."""

    _name = "report.cosmetics_sales.report_express_label"
    _description = "Express Labels"

    @api.model
    def _get_report_values(self, docids, data=None):
        return self._get_label_values(self.env["stock.picking"].browse(docids))

    @api.model
    def _get_label_values(self, pickings):
        """Return ``labels``: one for each parcel, or one for a delivery whose courier number is not known yet."""
        pickings.check_access("read")
        labels = []
        for picking in pickings.filtered(lambda picking: picking.state != "cancel"):
            labels += [self._get_label(picking, parcel) for parcel in picking.parcel_ids or [picking.parcel_ids]]
        return {"labels": labels}

    @api.model
    def _get_label(self, picking, parcel):
        # sudo: who ships reads the receiver of this delivery, whether or not the role sees the order
        order = picking.sudo().sale_id
        receiver = order._get_receiver() if order else self._get_partner_receiver(picking.partner_id)
        company = picking.company_id
        goods = self._get_goods(picking)
        return {
            "picking": picking.name,
            "picking_code": picking.name,
            "order": order.channel_order_ref or order.name or "",
            "carrier": parcel.carrier_id.name or "",
            "number": parcel.tracking_no or "",
            "name": receiver["name"],
            "phone": mask_phone(receiver["phone"]) if company.label_phone_masked else receiver["phone"],
            "address": receiver["address"],
            "is_masked": receiver["is_masked"],
            "shop": order.channel_id.shop_name or company.name,
            "shop_phone": company.phone or "",
            "shop_address": ("".join(company.partner_id._display_address(without_company=True).split("\n"))).strip(),
            "goods": goods[:GOODS_SHOWN],
            "more": self.env._("… and %(count)s more", count=len(goods) - GOODS_SHOWN) if len(goods) > GOODS_SHOWN else "",
            "buyer_note": order.buyer_note or "",
        }

    @api.model
    def _get_partner_receiver(self, partner):
        address = partner._display_address(without_company=True)
        return {"name": partner.name or "", "phone": partner.phone or "", "address": "".join(address.split("\n")), "is_masked": False}

    @api.model
    def _get_goods(self, picking):
        format_quantity = self.env["report.cosmetics_sales.report_picking_list"]._format
        return [
            f"{product.display_name} × {format_quantity(sum(moves.mapped('product_qty')), product.uom_id)}"
            for product, moves in picking.move_ids.filtered(lambda move: move.state != "cancel").grouped("product_id").items()
        ]
