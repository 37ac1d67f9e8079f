"""Selling near-expiry goods as what they are: from a band, at its price, and with the buyer told."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    shelf_life_band_id = fields.Many2one(
        "cosmetics.shelf.life.band",
        string="Sell from Band",
        domain="[('blocks_sale', '=', False), ('must_tell_buyer', '=', True), ('company_id', 'in', (False, company_id))]",
        index="btree_not_null",
        ondelete="restrict",
        help="Sell near-expiry goods on purpose: only batches of this band are delivered, at its price; the description tells the buyer. "
        "The promise of shelf life does not apply then.",
    )

    shelf_life_told_on = fields.Date(
        string="Use-by Date Told to the Buyer",
        compute="_compute_shelf_life_told_on",
        store=True,
        precompute=True,
        copy=False,
        help="Goods that expire earlier are not delivered on this line: the buyer was told of this date.",
    )

    @api.depends("shelf_life_band_id", "product_id")
    def _compute_shelf_life_told_on(self):
        """Fix the earliest use-by date when the band is chosen; what is sold to others later changes nothing of it."""
        for line in self:
            line.shelf_life_told_on = line.shelf_life_band_id and line.shelf_life_first_on

    @api.constrains("shelf_life_band_id", "product_id", "company_id")
    def _check_shelf_life_band(self):
        """Refuse what cannot be sold from a band, by whatever way the line came in."""
        for line in self.filtered("shelf_life_band_id"):
            band, product = line.shelf_life_band_id, line.product_id
            if band.blocks_sale:
                raise ValidationError(
                    self.env._(
                        "“%(product)s” cannot be sold from the band “%(band)s”: its goods may not be sold any more. "
                        "Choose a band that may be sold, or none.",
                        product=product.display_name,
                        band=band.name,
                    )
                )
            if not band.must_tell_buyer:
                raise ValidationError(
                    self.env._(
                        "“%(band)s” is no band to sell from: the buyer need not be told of it. Leave the band of “%(product)s” empty.",
                        product=product.display_name,
                        band=band.name,
                    )
                )
            if band.company_id and band.company_id != line.company_id:
                raise ValidationError(
                    self.env._("The band “%s” belongs to another company. Choose a band of the company of the order.", band.name)
                )
            if not product.is_shelf_life_managed:
                raise ValidationError(
                    self.env._("“%s” is not kept by batch and use-by date. Leave its band empty.", product.display_name or line.name)
                )

    @api.onchange("shelf_life_band_id")
    def _onchange_shelf_life_band_id(self):
        """Show while typing what saving will write into the description."""
        self._replace_band_notice(self._origin._get_told_goods())
        self._replace_band_notice(self._get_told_goods())

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._tell_buyer_of_band()
        return lines

    def write(self, vals):
        if "shelf_life_band_id" not in vals:
            res = super().write(vals)
            if vals.keys() & {"name", "product_id"}:
                self._tell_buyer_of_band()
            return res
        self._check_band_can_change(vals["shelf_life_band_id"])
        told = {line: line._get_told_goods() for line in self}
        res = super().write(vals)
        for line, goods in told.items():
            line._replace_band_notice(goods)
        return res

    def _check_band_can_change(self, band_id):
        """What is on its way was reserved by the old rule: a confirmed line keeps its band."""
        if confirmed := self.filtered(lambda line: line.state == "sale" and line.shelf_life_band_id.id != (band_id or False)):
            raise ValidationError(
                self.env._(
                    "“%s” is confirmed, and its goods are being picked. Set its quantity to what was delivered "
                    "and add a new line with the other band.",
                    confirmed[0].product_id.display_name,
                )
            )

    # ------------------------------------------------------------------ price
    @api.depends("shelf_life_band_id")
    def _compute_price_unit(self):
        return super()._compute_price_unit()

    @api.depends("shelf_life_band_id")
    def _compute_discount(self):
        """The band price is the price: a discount that core would show beside it may round it below the floor."""
        res = super()._compute_discount()
        for line in self:
            if line.shelf_life_band_id and line.pricelist_item_id._show_discount():
                line.discount = 0.0
        return res

    def _get_display_price(self):
        """Return the price of the band, from what the price list asks of this customer."""
        if not self.shelf_life_band_id or self.product_type == "combo":
            return super()._get_display_price()
        price = super()._get_display_price() if self.combo_item_id else self._get_pricelist_price()
        return self._get_band_price(price)

    def _get_band_price(self, price):
        """Return the price of a unit of the line in the currency of the order, marked down for the band.

        :param float price: price of the same unit in the same currency before the markdown
        """
        company = self.company_id or self.env.company
        date = self._get_order_date() or fields.Datetime.now()
        unit_price = self.product_uom_id._compute_price(price, self.product_id.uom_id)
        in_company = self.currency_id._convert(unit_price, company.currency_id, company, date, round=False)
        marked = self.shelf_life_band_id._get_price(self.product_id, in_company, company)
        if marked == in_company:
            return price
        in_order = company.currency_id._convert(marked, self.currency_id, company, date, round=False)
        return self.product_id.uom_id._compute_price(in_order, self.product_uom_id)

    # ------------------------------------------------------------------ what the buyer reads
    def _get_sale_order_line_multiline_description_sale(self):
        description = super()._get_sale_order_line_multiline_description_sale()
        if self.shelf_life_band_id:
            description = f"{description}\n{self._get_band_notice()}"
        return description

    def _tell_buyer_of_band(self):
        """A name that was typed, imported or copied tells the buyer too, once and with the date of this line."""
        for line in self.filtered("shelf_life_band_id"):
            line._replace_band_notice(line._get_told_goods())

    def _replace_band_notice(self, goods):
        """Take the sentence about these goods out of the name and put the present one in; what else was typed stays."""
        told = self.with_context(lang=self.order_id._get_lang())
        rows = [row for row in (self.name or "").split("\n") if not (goods and row.startswith(goods))]
        if self.shelf_life_band_id:
            rows = [row for row in rows if row] + [told._get_band_notice()]
        name = "\n".join(rows)
        if (self.name or "") != name:
            self.name = name

    def _get_told_goods(self):
        """Return what the name of the line calls the goods of its band, in the language of the customer; empty without a band."""
        return self.with_context(lang=self.order_id._get_lang())._get_band_goods() if self.shelf_life_band_id else ""

    def _get_band_goods(self):
        """Return what goods of the band are called, in the language of the environment."""
        return self.env._("%s goods", self.shelf_life_band_id.name)

    def _get_band_notice(self):
        """Return the sentence that tells the buyer, with the earliest use-by date that may be delivered when it is known."""
        if not self.shelf_life_told_on:
            return self.env._("%s: close to the use-by date on the pack.", self._get_band_goods())
        return self.env._("%(goods)s: use-by date %(date)s or later.", goods=self._get_band_goods(), date=self.shelf_life_told_on)
