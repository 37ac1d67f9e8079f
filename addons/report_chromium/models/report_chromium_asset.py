import base64
import logging
import mimetypes
from urllib.parse import parse_qsl, unquote, urlsplit

import werkzeug.exceptions
import werkzeug.routing
from odoo import api, http, models
from odoo.addons.web.controllers.binary import Binary
from odoo.addons.web.controllers.report import ReportController
from odoo.exceptions import UserError
from odoo.tools import str2bool
from odoo.tools.image import image_guess_size_from_field_name, image_process
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.misc import file_open

_logger = logging.getLogger(__name__)


def _make_routes():
    """The addresses Odoo itself answers, taken from its controllers, and what serves them here."""
    controllers = {
        "bundle": Binary.content_assets,
        "content": Binary.content_common,
        "image": Binary.content_image,
        "logo": Binary.company_logo,
        "barcode": ReportController.report_barcode,
    }
    return werkzeug.routing.Map(
        [
            werkzeug.routing.Rule(route, endpoint=name)
            for name, controller in controllers.items()
            for route in controller.original_routing["routes"]
        ],
        strict_slashes=False,
    )


class ReportChromiumAsset(models.AbstractModel):
    """Answers what a page asks for while it prints: style sheets, fonts, pictures, barcodes.

    They are served from inside the process, in the transaction and with the rights of the user who prints. So printing
    works where no web server runs or none can be reached, sees what is not committed yet, and needs no session.
    """

    _name = "report.chromium.asset"
    _description = "Assets of a Printed Report"

    _routes = _make_routes()

    @api.model
    def _get_hosts(self, base_url):
        """Return the hosts (with port) whose addresses are this Odoo's own: a set of texts."""
        urls = [base_url, self.env["ir.config_parameter"].sudo().get_param("web.base.url")]
        return {urlsplit(url).netloc for url in urls if url}

    @api.model
    def _get_asset(self, url, base_url):
        """Return ``(content, mimetype)`` of an address, or None for what must not, or cannot, be loaded."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.netloc not in self._get_hosts(base_url):
            return None
        try:
            return self._get_asset_by_path(unquote(parts.path), dict(parse_qsl(parts.query)))
        except (UserError, ValueError, OSError, werkzeug.exceptions.HTTPException) as error:
            _logger.info("Not found while printing: %.200s (%s)", url, error)
            return None

    @api.model
    def _get_asset_by_path(self, path, query):
        """Return ``(content, mimetype)`` of a path of this Odoo, or None.

        Override to serve the addresses of a module's own controllers: own case or ``super()``.
        """
        static = self._get_static(path)
        if static:
            return static
        try:
            name, arguments = self._routes.bind("localhost").match(path)
        except werkzeug.exceptions.HTTPException:
            return None
        return getattr(self, f"_get_{name}")(**{**query, **arguments})

    @api.model
    def _get_static(self, path):
        """Content of a file below a module's static folder, or None."""
        file = http.root.get_static_file(path)
        if not file:
            return None
        with file_open(file, "rb") as content:
            return content.read(), mimetypes.guess_type(file)[0] or "application/octet-stream"

    @api.model
    def _read_binary(self, record, field):
        """Content of a binary field, which the user may read: ``record`` comes from ``ir.binary``."""
        if field not in record._fields or record._fields[field].type != "binary":
            raise ValueError(f"{record._name}.{field} is no file")
        if record._name == "ir.attachment" and field in ("raw", "datas"):
            return self._get_static(record.url) if record.type == "url" else (record.raw, record.mimetype)
        content = base64.b64decode(record.with_context(bin_size=False)[field] or b"")
        return (content, guess_mimetype(content)) if content else None

    @api.model
    def _get_bundle(self, filename, unique, **_query):
        """A bundle of style sheets, built now if need be. Scripts are not served: they do not run in a print."""
        debug = unique == "debug"
        name, rtl, kind, autoprefix = self.env["ir.asset"]._parse_bundle_name(filename, debug)
        if kind != "css":
            return None
        bundle = self.env["ir.qweb"]._get_asset_bundle(
            name, css=True, js=False, debug_assets=debug, rtl=rtl, autoprefix=autoprefix, assets_params={}
        )
        if self.env.cr.readonly and not bundle.get_attachments("css" if debug else "min.css"):
            # Built for this print alone: the next request that may write keeps it.
            return bundle.preprocess_css().encode(), "text/css"
        # Bundles are public, as on the website.
        attachment = bundle.css().sudo()
        return (attachment.raw, "text/css") if attachment else None

    @api.model
    def _get_content(self, xmlid=None, model="ir.attachment", id=None, field="raw", access_token=None, **_query):
        record = self.env["ir.binary"]._find_record(xmlid, model, id and int(id), access_token, field=field)
        return self._read_binary(record, field)

    @api.model
    def _get_image(self, field="raw", width=0, height=0, crop="0", **query):
        try:
            found = self._get_content(field=field, **query)
        except UserError as error:
            _logger.info("Printed as a placeholder: %s", error)
            found = None
        # As on the website: a picture the user may not see, or that is gone, is a placeholder.
        content, mimetype = found or self._get_static("/web/static/img/placeholder.png")
        size = (int(width), int(height))
        if size == (0, 0):
            size = image_guess_size_from_field_name(field)
        if any(size) and mimetype.startswith("image/"):
            content = image_process(content, size=size, crop=str2bool(crop))
        return content, mimetype

    @api.model
    def _get_logo(self, company=None, **_query):
        company = self.env["res.company"].browse(int(company)).exists() if company else self.env.company
        # The logo is public: the controller shows it to anybody, too.
        return self._read_binary(company.sudo(), "logo_web") or self._get_static("/web/static/img/nologo.png")

    @api.model
    def _get_barcode(self, barcode_type, value, **options):
        try:
            return self.env["ir.actions.report"].barcode(barcode_type, value, **options), "image/png"
        except KeyError as error:
            # So the drawing library answers a kind of barcode that it does not know; one picture must not stop the document.
            raise ValueError(f"{barcode_type} is no kind of barcode") from error
