"""The customer's page of an order, by signed link."""

from odoo import http
from odoo.http import request

HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


class Tracking(http.Controller):
    @http.route("/track/<string:token>", type="http", auth="public", methods=["GET"], sitemap=False)
    def track(self, token):
        """Show progress and parcels; a wrong or old token is answered as if there were nothing."""
        # sudo: the signature of the link stands for the right to read, and the page takes the masked extract only
        order = request.env["sale.order"].sudo()._get_by_tracking_token(token)
        if not order:
            return request.render("cosmetics_sales.tracking_gone", {}, headers=HEADERS, status=404)
        order = order.with_context(lang=order.partner_id.lang or request.env.lang, tz=order.partner_id.tz or "Asia/Shanghai")
        request.update_context(lang=order.env.lang, tz=order.env.context["tz"])
        return request.render("cosmetics_sales.tracking_page", order._get_tracking_page(), headers=HEADERS)
