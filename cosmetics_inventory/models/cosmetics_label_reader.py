"""Reading what is scanned: one way for receipts and counts."""

from odoo import api, models
from odoo.tools.sql import escape_psql

from ..tools import label_code


class CosmeticsLabelReader(models.AbstractModel):
    """Finds out what a scanned text says, and which product is meant."""

    _name = "cosmetics.label.reader"
    _description = "Reader of Labels"

    @api.model
    def _read_label(self, text):
        """Return the `Label` of a scanned text; a text that is no label is the code of a product."""
        elements = label_code.gs1_elements(text)
        if elements is None and label_code.is_element_string(text):
            nomenclature = self.env.ref("barcodes_gs1_nomenclature.default_gs1_nomenclature")
            parsed = nomenclature.gs1_decompose_extended(text.strip(" \r\n"))
            elements = [(entry["ai"], entry["string_value"]) for entry in parsed] if parsed else None
        if elements:
            return label_code.label_of_elements(elements)
        return label_code.label_of_text(text) or label_code.Label(code=label_code.narrow(text))

    @api.model
    def _find_product(self, code):
        """Return (product, pieces) of a barcode, a box code or an internal reference; pieces is what one such box holds."""
        products = self.env["product.product"].with_context(skip_preprocess_gs1=True)
        if not code:
            return products, 1.0
        codes = {code, *(code.zfill(length) for length in (8, 12, 13, 14) if code.isdigit() and len(code) < length)}
        found = products.search([("barcode", "in", list(codes))], limit=1)
        found = found or products.search([("default_code", "=ilike", escape_psql(code))], limit=2)
        if len(found) == 1:
            return found, 1.0
        box = self.env["product.uom"].search([("barcode", "in", list(codes))], limit=1)
        return box.product_id, box.uom_id._compute_quantity(1.0, box.product_id.uom_id) if box else 1.0
