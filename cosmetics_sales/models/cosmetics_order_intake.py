"""Orders of platforms, in the one shape all sources share, become orders of ours."""

from collections import Counter
from decimal import Decimal

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.memo import Memo
from odoo.addons.l10n_cn_xian.tools.address import parse_address
from odoo.exceptions import UserError
from psycopg2 import DataError, IntegrityError
from psycopg2.errors import UniqueViolation

from ..tools import tracking_number
from ..tools.order_intake import ENDED, Intake, is_news
from ..tools.order_payload import PayloadProblem, read_payload, receivable_of

QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "sale_no_log_for_new_lines": True,
    # The approval of an order looks at prices and lines; what its platform reports is not up for approval.
    "skip_validation_check": True,
}
"""Orders come in by the hundred: one summary on the import, not seven messages on each."""


class CosmeticsOrderIntake(models.AbstractModel):
    """Decides what becomes of each order, then does it. Files, clerks and interfaces all pass through here.

    The key of an order is (channel, number on the platform): the same order again changes nothing, a newer one updates state,
    dates and courier numbers only.
    """

    _name = "cosmetics.order.intake"
    _description = "Intake of Platform Orders"

    # ------------------------------------------------------------------ deciding
    @api.model
    def _plan(self, channel, payloads, company=None):
        """Return an ``Intake`` for each payload, nothing is saved; the number of queries does not grow with the orders."""
        company = company or channel.company_id or self.env.company
        items = [self._read(payload) for payload in payloads]
        readable = [item for item in items if item.verdict != "bad"]
        references = Counter(item.payload["order_no"] for item in readable)
        domain = [("channel_id", "=", channel.id), ("channel_order_ref", "in", list(references))]
        known = {order.channel_order_ref: order for order in self.env["sale.order"].search(domain)}
        fresh = []
        seen = set()
        for item in readable:
            reference = item.payload["order_no"]
            if reference in seen:
                item.refuse(self.env._("The order number %s is in there twice. Keep one of them.", reference))
            elif reference in known:
                item.order = known[reference]
            else:
                fresh.append(item)
            seen.add(reference)
        self._plan_updates([item for item in readable if item.order and item.verdict != "bad"])
        self._plan_products(channel, fresh, company)
        return items

    @api.model
    def _read(self, payload):
        """Return the ``Intake`` of one payload; one that cannot be read is bad."""
        item = Intake(None)
        try:
            item.payload = read_payload(payload)
        except PayloadProblem as problem:
            item.refuse(self._payload_sentence(problem))
            return item
        if not item.payload["state"]:
            status = item.payload["status"] or "-"
            item.warnings.append(self.env._("Unknown state “%s”: the order stays a quotation until somebody looks at it.", status))
        return item

    @api.model
    def _payload_sentence(self, problem):
        """Return what is wrong with an order, as a sentence for the clerk."""
        value = problem.value if problem.value is not None else ""
        sentences = {
            "shape": self.env._("This is no order: %(field)s must be an object with names and values.", field=problem.field),
            "missing": self.env._("The order lacks %(field)s. Fill it in.", field=problem.field),
            "text": self.env._("%(field)s “%(value)s” is no text. Put the number in quotes.", field=problem.field, value=value),
            "amount": self.env._("%(field)s “%(value)s” is no amount. Write it like 128.00.", field=problem.field, value=value),
            "moment": self.env._("%(field)s “%(value)s” is no time. Write it like 2026-11-11 08:30:00.", field=problem.field, value=value),
            "state": self.env._("The state “%(value)s” is unknown.", value=value),
            "quantity": self.env._("The quantity “%(value)s” must be a number above 0.", value=value),
            "lines": self.env._("The order needs between 1 and 200 product lines."),
            "twice": self.env._("The line number %(value)s is in the order twice.", value=value),
        }
        return sentences[problem.code]

    @api.model
    def _plan_updates(self, items):
        """Find what is new about orders that are there."""
        for item in items:
            item.changes = self._changes(item.order, item.payload)
            item.verdict = "update" if item.changes else "same"
            if not self._is_same_amount(item.order.channel_amount_receivable, receivable_of(item.payload)):
                item.warnings.append(
                    self.env._(
                        "The file says %(told).2f, the order has %(known).2f: amounts of an order that is there are not changed.",
                        told=receivable_of(item.payload),
                        known=item.order.channel_amount_receivable,
                    )
                )

    @api.model
    def _is_same_amount(self, known, told):
        return round(Decimal(str(known or 0)), 2) == round(told, 2)

    @api.model
    def _changes(self, order, payload):
        """Return {field: value} of what is later than what the order has, and under "tracking" its new courier numbers."""
        changes = {}
        if is_news(order.channel_state, payload["state"]):
            changes["channel_state"] = payload["state"]
        for field, name in (("channel_paid_at", "paid_at"), ("ship_by_at", "ship_by")):
            if payload[name] and not order[field]:
                changes[field] = payload[name]
        if payload["tracking_no"]:
            known = set(order.sudo().parcel_ids.mapped("tracking_no"))  # parcels of a shared number may be of another order
            new = [number for number in tracking_number.split(payload["tracking_no"]) if number not in known]
            couriers = self.env["cosmetics.carrier"]._recognise_many([(number, payload["carrier"]) for number in new]) if new else []
            new = [number for number, courier in zip(new, couriers, strict=True) if courier and tracking_number.is_plausible(number)]
            if new:
                changes["tracking"] = ",".join(new)
        return changes

    @api.model
    def _plan_products(self, channel, items, company):
        """Find the product of each line of new orders; an order with a line that has none is bad, whole."""
        lines = [line for item in items for line in item.payload["lines"]]
        found = iter(self.env["cosmetics.product.alias"]._match(channel, lines, company))
        memo = Memo()
        for item in items:
            for line in item.payload["lines"]:
                product, quantity, fault = next(found)
                item.products.append((product, quantity))
                if item.verdict != "bad":
                    fault = fault or memo.once(product.id, lambda product=product: self._product_fault(product))
                    self._judge_product(item, line, product, fault)
            if item.verdict != "bad" and receivable_of(item.payload) < 0:
                item.refuse(self.env._("The receivable of the order is below 0. Enter what the platform pays for it."))

    @api.model
    def _product_fault(self, product):
        """Return why a product may not be sold, nothing when it may; asked once for each product of a lot."""
        return None if product._is_allowed_by_lifecycle("can_sell") else "lifecycle"

    @api.model
    def _judge_product(self, item, line, product, fault):
        if not fault:
            return
        code = self.env["cosmetics.product.alias"]._codes_of(line)[0][1]
        if fault != "lifecycle":
            item.missing_code = code
        label = f"{code} {line['title']}".strip() if line["title"] != code else code
        if fault == "missing":
            item.refuse(self.env._("No product is known as “%s”. Choose the product: the channel remembers it.", label))
        elif fault == "ambiguous":
            item.refuse(self.env._("More than one product has the code “%s”. Choose the right one: the channel remembers it.", label))
        elif fault == "archived":
            item.refuse(
                self.env._(
                    "“%(product)s” with the code “%(code)s” is archived. Take it back into use, or choose the product sold instead.",
                    product=product.display_name,
                    code=code,
                )
            )
        else:
            item.refuse(
                self.env._(
                    "“%(product)s” may not be sold at its stage “%(stage)s”. Move it to a stage that allows it, or choose another product.",
                    product=product.display_name,
                    stage=product.lifecycle_stage_id.name,
                )
            )

    # ------------------------------------------------------------------ doing
    @api.model
    def _apply(self, channel, items, company=None, **extra):
        """Create and update the orders of planned items; ``extra`` are values of new orders. Verdicts are set to what happened.

        All new orders are created together. When one is refused the lot is halved until the one to blame stands alone, so a bad
        order never takes another with it. A conflict with another process is the caller's: its transaction begins anew.
        """
        company = company or channel.company_id or self.env.company
        quiet = self.with_company(company).with_context(**QUIET)
        quiet._update([item for item in items if item.verdict == "update"])
        batches = [[item for item in items if item.verdict == "new"]]
        while batches:
            batch = batches.pop()
            if batch and not quiet._try_create(channel.with_env(quiet.env), batch, company, extra) and len(batch) > 1:
                half = len(batch) // 2
                batches += [batch[half:], batch[:half]]
        return items

    @api.model
    def _try_create(self, channel, batch, company, extra):
        """Create these orders or none; return whether it worked. A single one that is refused gets its sentence."""
        try:
            with self.env.cr.savepoint():
                self._create_orders(channel, batch, company, extra)
        except UniqueViolation as error:
            if error.diag.constraint_name != self.env["sale.order"]._channel_order_ref_uniq.full_name(self.env["sale.order"]):
                self._refuse_single(batch, self.env["sale.order"]._sql_error_to_message(error))
            elif len(batch) == 1:
                batch[0].verdict = "again"
            return False
        except IntegrityError as error:
            self._refuse_single(batch, self.env["sale.order"]._sql_error_to_message(error))
            return False
        except (UserError, DataError) as error:
            self._refuse_single(batch, str(error))
            return False
        return True

    @api.model
    def _refuse_single(self, batch, sentence):
        for item in batch if len(batch) == 1 else ():
            item.refuse(sentence)
            item.order = None

    @api.model
    def _create_orders(self, channel, items, company, extra):
        # Sorted, so that two processes with the same orders meet in the same sequence and wait instead of locking each other out.
        items = sorted(items, key=lambda item: item.payload["order_no"])
        receivers = self._receivers([item.payload for item in items])
        buyers = self.env["res.partner"]._match_buyers(receivers)
        shared = channel._get_order_vals(company)
        names = self.env["sale.order"]._draw_channel_names(company, len(items))
        lot = self.with_context(channel_memo=Memo())
        vals_list = []
        for item, receiver, buyer, name in zip(items, receivers, buyers, names, strict=True):
            buyer = buyer or channel._get_anonymous_buyer()
            vals_list.append({**shared, **name, **extra, **lot._prepare_order_vals(item, receiver, buyer, company)})
        orders = self.env["sale.order"].create(vals_list)
        for item, order in zip(items, orders, strict=True):
            item.order = order
            if not self._is_same_amount(order.amount_total, receivable_of(item.payload)):
                raise UserError(
                    self.env._(
                        "Order %(order)s would come to %(total).2f instead of %(told).2f. Check the taxes of its products.",
                        order=order.channel_order_ref,
                        total=order.amount_total,
                        told=receivable_of(item.payload),
                    )
                )
        self._take_tracking(items)

    @api.model
    def _take_tracking(self, items):
        told = {item.order.id: item for item in items if item.payload["tracking_no"]}
        if not told:
            return
        orders = self.env["sale.order"].browse(told)
        orders._after_channel_update({key: {"tracking": item.payload["tracking_no"]} for key, item in told.items()}, told)

    @api.model
    def _update(self, items):
        """Write what is new; who has shipped what the platform cancels is told, the others are cancelled."""
        for item in items:
            if vals := {name: value for name, value in item.changes.items() if name != "tracking"}:
                item.order.with_context(**QUIET).write(vals)
        orders = self.env["sale.order"].browse([item.order.id for item in items])
        told = {item.order.id: item for item in items}
        orders._after_channel_update({key: item.changes for key, item in told.items()}, told)

    # ------------------------------------------------------------------ values
    @api.model
    def _receivers(self, payloads):
        """Return dict(name, phone, is_masked, district, street, city, address) of each order, with one query for the districts."""
        read = [self._read_address(payload) for payload in payloads]
        codes = {address.gb_code for address in read if address.gb_code}
        districts = {district.gb_code: district for district in self.env["l10n_cn_xian.district"].search([("gb_code", "in", list(codes))])}
        return [
            {
                "name": payload["receiver"] or address.name,
                "phone": payload["phone"] or address.phone,
                "district": districts.get(address.gb_code, self.env["l10n_cn_xian.district"]),
                "city": f"{'' if address.city == address.province else address.city}{address.district}",
                "street": f"{'' if address.zone_key else address.zone}{address.street}",
                "address": self._whole_address(payload),
                "is_masked": payload["is_masked"]
                or bool(address.masked)
                or self.env["res.partner"]._is_hidden(payload["receiver"], payload["phone"], payload["street"], payload["address"]),
            }
            for payload, address in zip(payloads, read, strict=True)
        ]

    @api.model
    def _read_address(self, payload):
        return parse_address(self._whole_address(payload))

    @api.model
    def _whole_address(self, payload):
        """Return the address in one line; what is told in columns of its own goes before, unless the address has it already."""
        street = payload["street"] or payload["address"]
        parts = [payload[name] for name in ("province", "city", "district") if payload[name] and "*" not in payload[name]]
        parts = [part for part in dict.fromkeys(parts) if not street.startswith(part) and part not in street[:30]]
        return " ".join([*parts, street]).strip()

    @api.model
    def _prepare_order_vals(self, item, receiver, buyer, company):
        """Return the values of a new order. Everything Odoo would look up order by order is given."""
        payload = item.payload
        ended = payload["state"] in ENDED and not (payload["shipped_at"] or payload["tracking_no"])
        return {
            "partner_id": buyer.id,
            "partner_invoice_id": buyer.id,
            "partner_shipping_id": buyer.id,
            "company_id": company.id,
            "state": "cancel" if ended else "draft",
            "date_order": payload["created_at"] or fields.Datetime.now(),
            "channel_order_ref": payload["order_no"],
            "channel_state": payload["state"],
            "channel_ordered_at": payload["created_at"],
            "channel_paid_at": payload["paid_at"],
            "ship_by_at": payload["ship_by"],
            "channel_buyer": payload["buyer"] or False,
            "receiver_name": receiver["name"] or False,
            "receiver_phone": receiver["phone"] or False,
            "receiver_district_id": receiver["district"].id,
            "receiver_street": receiver["street"] or False,
            "receiver_address": receiver["address"] or False,
            "is_receiver_masked": receiver["is_masked"],
            "buyer_note": payload["buyer_note"] or False,
            "seller_note": payload["seller_note"] or False,
            "channel_amount_receivable": float(receivable_of(payload)),
            "channel_amount_paid": float(payload["paid"] or 0),
            "order_line": self.env["sale.order.line"]._prepare_channel_lines(item, company),
        }
