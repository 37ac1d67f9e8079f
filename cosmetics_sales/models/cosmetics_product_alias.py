"""What the platforms call our products."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain


class CosmeticsProductAlias(models.Model):
    """A code or title of a platform that stands for a product of ours; learned when a clerk mends a row."""

    _name = "cosmetics.product.alias"
    _description = "Product Alias"
    _order = "code, id"
    _rec_name = "code"
    _check_company_auto = True

    channel_id = fields.Many2one(
        "cosmetics.channel", index=True, ondelete="cascade", check_company=True, help="Where the code is used; empty: in every channel."
    )
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    code = fields.Char(
        string="Code on the Platform", required=True, help="Merchant code, SKU of the platform, or the title with the specification."
    )
    product_id = fields.Many2one(
        "product.product", required=True, index=True, ondelete="cascade", check_company=True, domain=[("sale_ok", "=", True)]
    )
    quantity = fields.Float(
        string="Pieces per Unit",
        required=True,
        default=1.0,
        digits="Product Unit",
        help="How many pieces one unit on the platform stands for: 2 for a pack of two.",
    )

    _code_uniq = models.UniqueIndex(
        "(company_id, COALESCE(channel_id, 0), code)", "The channel has this code already. Change the product of that entry instead."
    )
    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "One unit on the platform stands for at least some of the product. Enter a quantity above 0."
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._strip_code(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._strip_code(vals))

    # ------------------------------------------------------------------ helpers
    @api.model
    def _strip_code(self, vals):
        return {**vals, "code": " ".join(vals["code"].split())} if vals.get("code") else vals

    @api.model
    def _codes_of(self, line):
        """Return the names an order line has for its product, the surest first: [(what, code)]."""
        title = " ".join(f"{line['title']} {line['spec']}".split())
        codes = [("code", line["merchant_sku"]), ("barcode", line["barcode"]), ("code", line["platform_sku"]), ("title", title)]
        return [(what, " ".join(code.split())) for what, code in codes if code]

    @api.model
    def _match(self, channel, lines, company):
        """Return for each line (product, pieces per unit, None), or (product, 1.0, reason): ``missing``, ``ambiguous``, ``archived``.

        A code that a clerk assigned goes first, then the merchant code, then the barcode. Three queries whatever the number of
        lines, and one more when a code is not found. Two products of one code are never guessed between.
        """
        named = [self._codes_of(line) for line in lines]
        everything = {code for codes in named for _what, code in codes}
        numbers = {code for codes in named for what, code in codes if what != "title"}
        aliases = self._aliases(channel, everything, company)
        products = self._products(numbers, company)
        chosen = [self._choose(codes, aliases, products) for codes in named]
        if any(fault == "missing" for _product, _quantity, fault in chosen):
            archived = self.with_context(active_test=False)._products(numbers, company)
            chosen = [self._choose_archived(codes, archived, choice) for codes, choice in zip(named, chosen, strict=True)]
        return chosen

    @api.model
    def _aliases(self, channel, codes, company):
        found = {}
        domain = [("code", "in", list(codes)), ("company_id", "=", company.id), ("channel_id", "in", [False, channel.id])]
        for alias in self.search(domain).sorted(lambda alias: bool(alias.channel_id)):  # that of the channel is put over the general one
            if alias.product_id.active:
                found[alias.code] = alias
        return found

    @api.model
    def _products(self, codes, company):
        codes = list(codes)
        named = Domain("default_code", "in", codes) | Domain("barcode", "in", codes)
        found = {field: defaultdict(list) for field in ("default_code", "barcode")}
        # Each product keeps the others beside it: what is asked of one later is read for all of them.
        for product in self.env["product.product"].search(named & Domain("company_id", "in", [False, company.id])):
            for field, by_code in found.items():
                if product[field]:
                    by_code[product[field]].append(product)
        return found

    @api.model
    def _choose(self, codes, aliases, products):
        nothing = self.env["product.product"]
        for _what, code in codes:
            if code in aliases:
                return aliases[code].product_id, aliases[code].quantity, None
        for field, kinds in (("default_code", ("code",)), ("barcode", ("barcode", "code"))):
            for what, code in codes:
                candidates = products[field].get(code, ()) if what in kinds else ()
                if len(candidates) > 1:
                    return nothing, 1.0, "ambiguous"
                if candidates:
                    return candidates[0], 1.0, None
        return nothing, 1.0, "missing"

    @api.model
    def _choose_archived(self, codes, products, choice):
        """Return the product that is archived instead of none at all, so that the clerk is told what stands in the way."""
        product, _quantity, fault = self._choose(codes, {}, products) if choice[2] == "missing" else choice
        return (product, 1.0, "archived") if choice[2] == "missing" and product and not fault else choice

    @api.model
    def _learn(self, channel, code, product, quantity, company):
        """Remember what a code stands for in a channel; what was remembered before is replaced."""
        domain = [("code", "=", " ".join(code.split())), ("channel_id", "=", channel.id), ("company_id", "=", company.id)]
        vals = {"product_id": product.id, "quantity": quantity}
        if alias := self.search(domain, limit=1):
            alias.write(vals)
            return alias
        return self.create({**vals, "code": code, "channel_id": channel.id, "company_id": company.id})
