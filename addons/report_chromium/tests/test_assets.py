import base64
import io

from odoo.tests import tagged
from odoo.tools.misc import mute_logger
from PIL import Image

from .common import ChromiumCommon

BASE = "http://localhost:8069"


def picture(color, size=(40, 20)):
    """A picture of one colour, as PNG."""
    stream = io.BytesIO()
    Image.new("RGB", size, color).save(stream, "PNG")
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestAssets(ChromiumCommon):
    def get(self, path, user=None):
        return self.env["report.chromium.asset"].with_user(user or self.user)._get_asset(BASE + path, BASE)

    def test_bundle_is_served_before_it_is_committed(self):
        self.env["ir.attachment"].search([("url", "like", "/web/assets/%web.report_assets_common%")]).unlink()
        html = self.env["ir.qweb"]._render("web.minimal_layout", {"subst": False, "body": "", "base_url": BASE})
        link = html.split("web.report_assets_common")[0].rsplit('href="', 1)[1]
        content, mimetype = self.get(f"{link}web.report_assets_common.min.css")
        self.assertEqual(mimetype, "text/css")
        self.assertIn(b"Noto Sans CJK SC", content)

    def test_chinese_fonts_stand_behind_the_font_of_the_company(self):
        self.env.company.font = "Roboto"
        style = base64.b64decode(self.env.company._get_asset_style_b64()).decode()
        self.assertRegex(style, r"font-family: Roboto, Noto Sans CJK SC,[\w ,]+sans-serif;")

    def test_picture_of_this_transaction_is_printed(self):
        attachment = self.env["ir.attachment"].create({"name": "a.png", "raw": picture("red"), "public": True})
        self.env["ir.config_parameter"].set_param("web.base.url", BASE)
        body = f'<html><head><base href="{BASE}"/></head><body><img src="/web/image/{attachment.id}"/></body></html>'
        page = self.print_html(body).pages[0]
        self.assertEqual([image.image.size for image in page.images], [(40, 20)])
        self.assertEqual(page.images[0].image.convert("RGB").getpixel((5, 5)), (255, 0, 0))

    def test_picture_a_user_may_not_see_becomes_the_placeholder(self):
        attachment = self.env["ir.attachment"].create({"name": "a.png", "raw": picture("red")})
        admin = self.env.ref("base.user_admin")
        seen, _mimetype = self.get(f"/web/image/{attachment.id}", admin)
        hidden, _mimetype = self.get(f"/web/image/{attachment.id}")
        self.assertEqual(Image.open(io.BytesIO(seen)).size, (40, 20))
        self.assertNotEqual(Image.open(io.BytesIO(hidden)).size, (40, 20))

    def test_content_a_user_may_not_see_is_not_served(self):
        attachment = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"secret"})
        self.assertEqual(self.get(f"/web/content/{attachment.id}", self.env.ref("base.user_admin"))[0], b"secret")
        self.assertIsNone(self.get(f"/web/content/{attachment.id}"))

    def test_picture_is_resized_as_the_address_says(self):
        attachment = self.env["ir.attachment"].create({"name": "a.png", "raw": picture("red", (400, 200)), "public": True})
        content, _mimetype = self.get(f"/web/image/{attachment.id}/100x100")
        self.assertEqual(Image.open(io.BytesIO(content)).size, (100, 50))

    def test_static_files_and_logo_are_served(self):
        self.assertEqual(self.get("/web/static/img/placeholder.png")[1], "image/png")
        self.env.company.logo = base64.b64encode(picture("blue"))
        content, _mimetype = self.get(f"/web/binary/company_logo?company={self.env.company.id}")
        self.assertEqual(Image.open(io.BytesIO(content)).convert("RGB").getpixel((3, 3)), (0, 0, 255))

    def test_barcode_is_drawn_here(self):
        for path in ("Code128/HZ1000?width=300&height=80", "?barcode_type=Code128&value=HZ1000&width=300&height=80"):
            content, mimetype = self.get(f"/report/barcode/{path}")
            self.assertEqual(mimetype, "image/png")
            self.assertEqual(Image.open(io.BytesIO(content)).size, (300, 80))
        self.assertIsNone(self.get("/report/barcode/Code128/HZ1000?width=30000&height=8000"))

    @mute_logger("odoo.addons.report_chromium.models.report_chromium_asset")
    def test_other_addresses_of_odoo_are_not_answered(self):
        for path in (
            "/web/session/logout",
            "/odoo",
            "/web/static/../../../__manifest__.py",
            "/web/image/999999999999/abc",
            "/web/assets/1/nothing.min.css",
        ):
            content = self.get(path)
            self.assertTrue(content is None or content[1] == "image/png", path)
