"""What a review knows of orders; gathered for all of them at once, so that a hundred cost no more questions than one."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.l10n_cn_xian.tools.phone import normalize_phone

from ..tools import review


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # ------------------------------------------------------------------ hooks
    def _get_review_facts(self):
        """Return the facts of these orders as a tuple of :class:`tools.review.Facts`, in the order of confirmation.

        Amounts are in the currency of each order's company. An override may replace facts (``dataclasses.replace``).
        """
        lines = self._get_review_lines()
        owed, first = self._get_review_credit(), self._get_first_orders()
        return tuple(
            review.Facts(
                order_id=order.id,
                company_id=order.company_id.id,
                channel_id=order.channel_id.id,
                channel_kind=order.channel_id.kind or "",
                amount=order.amount_total / (order.currency_rate or 1),
                lines=lines[order],
                customer_id=order._get_debtor().id,
                buyers=order._get_buyer_keys(),
                ordered_at=order.create_date,
                is_first=order in first,
                owed=owed.get(order, (0.0, None))[0],
                limit=owed.get(order, (0.0, None))[1],
                **order._get_receiver_facts(),
            )
            for order in self.sorted("id")
        )

    def _get_review_shortages(self):
        """Return {line id: quantity in the unit of the line that stock cannot give}; an override knows of batches and promises."""
        lines = self._get_lines_of_goods()
        free = {}
        for warehouse, there in lines.grouped("warehouse_id").items():
            for product in there.product_id.with_context(warehouse_id=warehouse.id):
                free[warehouse.id, product.id] = product.free_qty
        missing = {}
        for line in lines:
            available = line.product_id.uom_id._compute_quantity(
                free[line.warehouse_id.id, line.product_id.id], line.product_uom_id, rounding_method="HALF-UP"
            )
            missing[line.id] = max(line.product_uom_qty - max(available, 0.0), 0.0)
        return missing

    # ------------------------------------------------------------------ parts of the facts
    def _get_lines_of_goods(self):
        """Return the lines whose stock counts."""
        return self.order_line.filtered(lambda line: line.product_id.is_storable and line.product_uom_qty > 0)

    def _get_review_lines(self):
        """Return {order: tuple of :class:`tools.review.Line`}."""
        lines = self.order_line.filtered(lambda line: line._is_reviewed())
        missing, usual = self._get_review_shortages(), lines._get_usual_prices()
        unsellable = set(lines._filtered_against_lifecycle()._ids)
        found = defaultdict(list)
        for line in lines:
            facts = line._get_review_facts(usual[line], missing.get(line.id, 0.0), line.id not in unsellable)
            found[line.order_id].append(facts)
        return {order: tuple(found[order]) for order in self}

    def _get_debtor(self):
        """Return who owes the money of the order."""
        return self.partner_invoice_id.commercial_partner_id or self.partner_id.commercial_partner_id

    def _get_anonymous_partners(self):
        """Return partners that stand for many people: they are never the same customer twice."""
        return self.env["cosmetics.channel"].sudo().with_context(active_test=False).search([("partner_id", "!=", False)]).partner_id

    def _get_review_credit(self):
        """Return {order: (what its customer owes with confirmed orders not invoiced yet, limit)} where the company uses limits."""
        found = {}
        for company, orders in self.grouped("company_id").items():
            if not company.account_use_credit_limit:
                continue
            debtors = self.env["res.partner"].union(*(order._get_debtor() for order in orders)).with_company(company)
            debtors = debtors.filtered(lambda debtor: debtor.credit_limit > 0)
            open_orders = debtors._get_open_order_amounts(company)
            owed = {debtor.id: (debtor.credit + open_orders[debtor.id], debtor.credit_limit) for debtor in debtors}
            found.update({order: owed[order._get_debtor().id] for order in orders if order._get_debtor().id in owed})
        return found

    def _get_first_orders(self):
        """Return the orders whose customer never had a confirmed one; anonymous buyers have no history."""
        customers = self.partner_id.commercial_partner_id - self._get_anonymous_partners()
        rows = self.env["sale.order"]._read_group(
            [("partner_id", "child_of", customers.ids), ("state", "=", "sale"), ("id", "not in", self.ids)], ["partner_id"]
        )
        known = self.env["res.partner"].union(*(partner for (partner,) in rows)).commercial_partner_id
        return self.filtered(lambda order: order.partner_id.commercial_partner_id in customers - known)

    def _get_buyer_keys(self):
        """Return what a buyer is known again by: the customer unless many hide behind it, and a telephone that is one person's."""
        self.ensure_one()
        keys = set()
        if self.partner_id and self.partner_id != self.channel_id.partner_id:
            keys.add(self.partner_id.commercial_partner_id.id)
        phone = normalize_phone(self.receiver_phone).e164
        return frozenset(keys | ({phone} if phone else set()))

    def _get_receiver_facts(self):
        """Return the receiver as keywords of :class:`tools.review.Facts`. What a platform hides is its own to print."""
        self.ensure_one()
        receiver = self._get_receiver()
        partner = self.partner_shipping_id
        own = not (self.receiver_name or self.receiver_phone or self.receiver_address)
        district = receiver["district"]
        state = district.state_id or (partner.state_id if own else district.state_id)
        place = district.name or (own and partner.state_id and partner.city)
        hidden = receiver["is_masked"]
        phone = normalize_phone(receiver["phone"])
        return {
            "receiver": {
                "name": receiver["name"] or hidden,
                "street": receiver["street"] or hidden,
                "place": place or hidden,
                "address": receiver["address"],
                "district_id": district.id,
                "state_id": state.id,
                "region": district.name or state.name or "",
            },
            "phone": phone.display,
            "phone_kind": "hidden" if hidden else phone.kind,
        }

    @api.model
    def _get_review_others(self, facts, rules):
        """Return orders that those of ``facts`` may repeat, as :class:`tools.review.Other`: two questions, however many orders."""
        hours = max((rule.hours for rule in rules if rule.kind == "duplicate"), default=0)
        dates = [fact.ordered_at for fact in facts if fact.ordered_at and fact.buyers]
        if not hours or not dates:
            return ()
        partners = [key for fact in facts for key in fact.buyers if isinstance(key, int)]
        with_phone = any(isinstance(key, str) for fact in facts for key in fact.buyers)
        domain = fields.Domain("partner_id", "child_of", partners)
        if with_phone:
            domain |= fields.Domain("receiver_phone", "!=", False)
        domain &= fields.Domain("create_date", ">=", min(dates) - timedelta(hours=hours)) & fields.Domain("create_date", "<=", max(dates))
        domain &= fields.Domain("company_id", "in", [fact.company_id for fact in facts]) & fields.Domain("state", "!=", "cancel")
        keys = frozenset().union(*(fact.buyers for fact in facts))
        others = self.search(domain).filtered(lambda order: order._get_buyer_keys() & keys)
        return tuple(
            review.Other(order.id, order.name, order._get_buyer_keys(), order.order_line._get_basket(), order.create_date)
            for order in others
        )
