"""Labels for parcels."""

from odoo import api, models

from ..tools import barcode_path, label_size
from ..tools.mask import mask_phone


class ReportExpressLabel(models.AbstractModel):
    """A plain label with receiver, sender and goods; it is not the electronic waybill (面单) of a platform or a courier.

    All labels of a print are one document: each page has the size of its courier's paper.
    """

    _name = "report.cosmetics_sales.report_express_label"
    _description = "Express Labels"
    _is_one_document = True

    @api.model
    def _get_report_values(self, docids, data=None):
        return self._get_label_values(self.env["stock.picking"].browse(docids or (data or {}).get("whole_ids")))

    @api.model
    def _get_label_values(self, pickings):
        """Return ``labels``: one for each parcel, or one for a delivery whose courier number is not known yet."""
        pickings = pickings.filtered(lambda picking: picking.state != "cancel")
        pickings._check_printable()
        labels = []
        # sudo: whoever ships reads the receiver and the parcels of these deliveries, whether or not the role sees the order
        for picking in pickings.sudo():
            labels += [self._get_label(picking, parcel) for parcel in picking._get_labelled_parcels() or [picking.parcel_ids]]
        return {"labels": labels, "sizes": {key: label_size.SIZES[key] for key in {label["size"] for label in labels}}}

    @api.model
    def _get_label(self, picking, parcel):
        """Return what stands on one label: texts, the key of its size, and the barcodes as (modules, SVG path) or None."""
        order = picking.sale_id
        receiver = order._get_receiver() if order else self._get_partner_receiver(picking.partner_id)
        company = picking.company_id
        size = label_size.choose(parcel.carrier_id.label_size, company.label_size)
        goods, shown = self._get_goods(picking), label_size.SIZES[size].goods
        return {
            "size": size,
            "picking": picking.name,
            "order": order.channel_order_ref or order.name or "",
            "carrier": parcel.carrier_id.name or "",
            "number": parcel.tracking_no or "",
            "number_code": barcode_path.code128(parcel.tracking_no),
            "picking_code": barcode_path.qr(picking.name),
            "name": receiver["name"],
            "phone": mask_phone(receiver["phone"]) if company.label_phone_masked else receiver["phone"],
            "address": receiver["address"],
            "is_masked": receiver["is_masked"],
            **self._get_sender(order.channel_id.shop_name, company),
            "goods": goods[:shown],
            "more": self.env._("… and %(count)s more", count=len(goods) - shown) if len(goods) > shown else "",
            "buyer_note": order.buyer_note or "",
        }

    @api.model
    def _get_sender(self, shop, company):
        address = company.partner_id._display_address(without_company=True)
        return {
            "shop": shop or company.name,
            "shop_phone": company.phone or "",
            "shop_address": "".join(line.strip() for line in address.splitlines()),
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
