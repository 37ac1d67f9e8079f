"""Orders from other systems: the same shape, the same key and the same answers as from a file. See doc/order_api.md."""

import json

from odoo import http
from odoo.exceptions import AccessError, ConcurrencyError
from odoo.http import request
from odoo.tools import escape_psql

LARGEST = 2 << 20
MOST_ORDERS = 200
ANSWERS = {"new": "created", "update": "updated", "same": "unchanged", "bad": "rejected"}


class OrderApi(http.Controller):
    @http.route("/cosmetics/api/orders", type="http", auth="bearer", methods=["POST"], csrf=False, save_session=False)
    def take_in(self):
        """Take in orders of one channel; the rights are those of the user whose key it is."""
        problem, content = self._read_body()
        if problem:
            return self._answer({"error": problem[1]}, problem[0])
        try:
            request.env["cosmetics.order.import"].check_access("create")
        except AccessError:
            return self._answer({"error": request.env._("The user of this key may not import orders.")}, 403)
        channel = request.env["cosmetics.channel"].search([("code", "=ilike", escape_psql(content["channel"].strip()))], limit=1)
        if not channel:
            return self._answer({"error": request.env._("There is no channel with the code “%s”.", content["channel"])}, 404)
        intake = request.env["cosmetics.order.intake"]
        items = intake._plan(channel, content["orders"])
        intake._apply(channel, items)
        if any(item.verdict == "again" for item in items):
            # Another process has just committed one of them: seen only from a new transaction, which this error starts.
            raise ConcurrencyError(request.env._("Others are taking in the same orders."))
        return self._answer(self._summary(items, content["orders"]))

    # ------------------------------------------------------------------ helpers
    def _read_body(self):
        """Return (None, content) or ((status, sentence), None)."""
        length = request.httprequest.content_length
        if length is None or length > LARGEST:
            return (413, request.env._("Send at most 2 MB, with its Content-Length.")), None
        try:
            content = json.loads(request.httprequest.get_data())
        except (ValueError, RecursionError):
            return (400, request.env._("The body is no JSON.")), None
        orders = content.get("orders") if isinstance(content, dict) else None
        if not isinstance(orders, list) or not isinstance(content.get("channel"), str) or not content["channel"].strip(" %_"):
            return (400, request.env._("The body needs “channel”, the code of a channel, and “orders”, a list.")), None
        if not 0 < len(orders) <= MOST_ORDERS:
            return (400, request.env._("Send between 1 and %s orders at once.", MOST_ORDERS)), None
        return None, content

    def _summary(self, items, sent):
        results = [
            {
                "order_no": item.payload["order_no"] if item.payload else str(raw.get("order_no") if isinstance(raw, dict) else "")[:200],
                "result": ANSWERS[item.verdict],
                "order": item.order.name if item.order and item.verdict != "bad" else None,
                "reason": item.reason or None,
                "warnings": item.warnings,
            }
            for item, raw in zip(items, sent, strict=True)
        ]
        return {"results": results, **{answer: sum(each["result"] == answer for each in results) for answer in ANSWERS.values()}}

    def _answer(self, content, status=200):
        return request.make_json_response(content, status=status)
