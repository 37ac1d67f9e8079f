"""Where providers post delivery reports and replies.

Neither Aliyun nor Tencent sign what they post; the address holds a long random word that only the provider was given.
"""

import hmac
import logging

from odoo import http
from odoo.http import request

_logger = logging.getLogger(__name__)
MAX_BYTES = 1_000_000
READERS = {"reports": ("_read_reports", "_receive_reports"), "replies": ("_read_replies", "_receive")}


class SmsGatewayController(http.Controller):
    @http.route(
        "/cosmetics_sms/<string:token>/<any(reports,replies):kind>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def receive(self, token, kind, **_form):
        """Take a JSON list from the provider of the company whose word this is; 404 for any other word, 400 for rubbish."""
        company = self._find_company(token)
        if not company:
            return request.make_json_response({}, status=404)
        if (request.httprequest.content_length or 0) > MAX_BYTES:
            return request.make_json_response({}, status=413)
        gateway = company._open_sms_api()
        read, note = READERS[kind]
        try:
            items = getattr(gateway, read)(request.get_json_data())
        except (ValueError, KeyError, TypeError, AttributeError):
            _logger.info("SMS %s for company %s are not readable", kind, company.id)
            return request.make_json_response({}, status=400)
        getattr(request.env["cosmetics.sms.reply"].sudo(), note)(company, items)
        return request.make_json_response(gateway._webhook_answer())

    def _find_company(self, token):
        # sudo: the provider is nobody's user; the word is compared in constant time
        for company in request.env["res.company"].sudo().search([("sms_gateway", "not in", ("none", "iap"))]):
            if company.sms_webhook_token and hmac.compare_digest(company.sms_webhook_token.encode(), token.encode()):
                return company
        return None
