"""The nightly job: what will sell, what to get."""

from datetime import timedelta

import numpy as np
from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.tools import SQL

from ..tools.demand_model import forecast
from ..tools.order_quantity import Curve
from ..tools.retail_weeks import monday_of, week_features, weeks_from
from ..tools.supply_plan import Place, plan
from .cosmetics_demand_week import WEEKS

# A year: further than any order looks, as far as shelf lives are asked about; after that the mean goes on.
AHEAD = 53


class CosmeticsReplenishment(models.Model):
    _inherit = "cosmetics.replenishment"

    @api.model
    def _cron_suggest(self):
        """Bring demand up to yesterday, forecast it, and work out the open suggestions anew."""
        self.env["cosmetics.demand.week"]._refresh()
        self._suggest()

    @api.model
    def _suggest(self):
        """Work out all open suggestions anew; those without a need go, a quantity that somebody entered stays until the next round."""
        self.env.flush_all()
        found = {}
        curves, spreads = self._get_forecasts()
        facts = {"shelf": self._get_shelf(), "coming": self._get_coming(), "roots": self._get_roots()}
        goods = self.env["cosmetics.stock.alert"]._get_goods(SQL("TRUE"))
        companies = {warehouse.id: warehouse.company_id for warehouse in self.env["stock.warehouse"].search([("active", "=", True)])}
        by_product = {}
        for (product, place), curve in curves.items():
            if product in goods and place in companies:
                row = self._prepare_place(product, place, curve, spreads[product, place], facts)
                by_product.setdefault((product, companies[place]), []).append(row)
        lives = {}
        products = self.env["product.product"].browse({product for product, _company in by_product})
        products.fetch(["categ_id", "shelf_life_months", "is_shelf_life_managed"])
        for (product, company), places in by_product.items():
            found |= self._find(products.browse(product).with_prefetch(products.ids), company, places, goods[product][1], lives)
        self._store(found)

    @api.model
    def _get_forecasts(self):
        """Return ({(product id, warehouse id): `Curve` from today on}, {…: spread of a week})."""
        today = china_day(fields.Datetime.now())
        this_week = monday_of(today)
        start = this_week - timedelta(weeks=WEEKS)
        series = self.env["cosmetics.demand.week"]._get_series(start, WEEKS)
        if not series:
            return {}, {}
        keys = sorted(series)
        groups, peers = self._get_kinds(keys)
        result = forecast(
            np.array([series[key] for key in keys], dtype=float),
            groups,
            week_features(weeks_from(start, WEEKS)),
            week_features(weeks_from(this_week, AHEAD)),
            peers,
        )
        curves = {key: Curve(row, today.weekday()) for key, row in zip(keys, result.mean.tolist(), strict=True)}
        return curves, dict(zip(keys, result.spread.tolist(), strict=True))

    @api.model
    def _get_kinds(self, keys):
        """Return (category of each series, key of similar goods in the same shop): the same series or category at about the same price."""
        products = self.env["product.product"].browse({product for product, _place in keys})
        kinds = {}
        for product in products:
            line = ("series", product.series_id.id) if product.series_id else ("category", product.categ_id.id)
            kinds[product.id] = (*line, int(np.log2(max(product.lst_price, 1.0))))
        groups = [products.browse(product).categ_id.id for product, _place in keys]
        numbers = {}
        return groups, np.array([numbers.setdefault((place, kinds[product]), len(numbers)) for product, place in keys])

    @api.model
    def _prepare_place(self, product, place, curve, spread, facts):
        """Return the `Place` of a product at a warehouse."""
        batches = tuple(facts["shelf"].get((product, place), ()))
        return Place(
            place,
            facts["roots"].get(place, place),
            curve,
            spread,
            batches,
            on_hand=sum(quantity for _days, quantity in batches),
            incoming=facts["coming"].get((product, place), 0.0),
        )

    @api.model
    def _find(self, product, company, places, may_buy, lives):
        """Return {(product id, warehouse id, kind, source id or False): values} of what to do for one product in one company."""
        sellers = self._get_sellers(product, company)
        warehouses = self.env["stock.warehouse"]
        terms = {root: self._get_terms(product, warehouses.browse(root), sellers, lives) for root in {place.root for place in places}}
        policy = company._get_replenishment_policy()
        steps = plan(places, terms, policy, company.replenishment_transfer_days, may_buy)
        found = {}
        for step in steps:
            decision = step.decision
            found[product.id, step.place, step.kind, step.source or False] = {
                "partner_id": sellers[:1].partner_id.id if step.kind == "buy" else False,
                "suggested_quantity": decision.quantity,
                "pack_quantity": terms[step.place].pack if step.kind == "buy" else 1.0,
                "on_hand_quantity": step.on_hand,
                "incoming_quantity": step.incoming,
                "lead_days": step.lead_days,
                "cover_days": max(policy.cover_days, policy.review_days),
                "expected_demand": decision.expected,
                "safety_quantity": decision.safety,
                "has_cap": decision.cap is not None,
                "cap_quantity": decision.cap or 0.0,
                "uncapped_quantity": decision.uncapped,
                "place_count": step.places,
                "code": decision.code,
                "price_unit": terms[step.place].price_of(decision.quantity) if step.kind == "buy" else 0.0,
            }
        return found

    @api.model
    def _store(self, found):
        """Make the open suggestions these."""
        rows = self.search([("state", "=", "open")])
        now = fields.Datetime.now()
        gone = self.browse()
        for row in rows:
            key = (row.product_id.id, row.warehouse_id.id, row.kind, row.source_warehouse_id.id)
            values = found.pop(key, None)
            kept = row.is_changed and row.changed_at > now - timedelta(days=row.company_id.replenishment_review_days)
            if values is None and not kept:
                gone |= row
                continue
            values = values or {"suggested_quantity": 0.0, "uncapped_quantity": 0.0}
            row.write(values if kept else {**values, "quantity": values["suggested_quantity"], "is_changed": False, "changed_at": False})
        gone.unlink()
        self.create(
            [
                {
                    "product_id": product,
                    "warehouse_id": place,
                    "kind": kind,
                    "source_warehouse_id": source,
                    "quantity": values["suggested_quantity"],
                    **values,
                }
                for (product, place, kind, source), values in found.items()
            ]
        )
