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

    def test_files_that_are_no_binary_field_are_not_served(self):
        partner = self.env["res.partner"].create({"name": "秘密"})
        for path in (f"/web/content/res.partner/{partner.id}/name", f"/web/content/res.partner/{partner.id}/no_such_field"):
            self.assertIsNone(self.get(path, self.env.ref("base.user_admin")), path)

    def test_an_attachment_that_names_a_file_of_a_module_is_that_file(self):
        url = "/web/static/img/placeholder.png"
        attachment = self.env["ir.attachment"].create({"name": "a.png", "type": "url", "url": url, "public": True})
        self.assertEqual(self.get(f"/web/content/{attachment.id}"), self.get(url))

    def test_an_access_token_opens_what_the_rights_do_not(self):
        attachment = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"secret"})
        token = attachment.generate_access_token()[0]
        self.assertEqual(self.get(f"/web/content/{attachment.id}?access_token={token}")[0], b"secret")
        self.assertIsNone(self.get(f"/web/content/{attachment.id}?access_token=wrong"))

    def test_a_file_of_another_company_is_not_printed(self):
        other = self.env["res.company"].create({"name": "咸阳分公司"})
        values = {"name": "a.txt", "raw": b"secret", "res_model": "res.company", "res_id": other.id, "company_id": other.id}
        attachment = self.env["ir.attachment"].create(values)
        self.assertIsNone(self.get(f"/web/content/{attachment.id}"))

    def test_a_company_without_a_logo_prints_the_usual_picture(self):
        other = self.env["res.company"].create({"name": "咸阳分公司"})
        other.logo = False
        usual = self.get("/web/static/img/nologo.png")
        self.assertEqual(self.get(f"/web/binary/company_logo?company={other.id}"), usual)
        self.assertIsNotNone(self.get("/web/binary/company_logo?company=999999999"))

    def test_a_script_bundle_is_not_served(self):
        self.assertIsNone(self.get("/web/assets/debug/web.report_assets_common.js"))
        self.assertEqual(self.get("/web/assets/debug/web.report_assets_common.css")[1], "text/css")

    def test_a_picture_is_cropped_when_the_address_says_so(self):
        attachment = self.env["ir.attachment"].create({"name": "a.png", "raw": picture("red", (400, 200)), "public": True})
        content, _mimetype = self.get(f"/web/image/{attachment.id}/100x100?crop=1")
        self.assertEqual(Image.open(io.BytesIO(content)).size, (100, 100))

    @mute_logger("odoo.addons.report_chromium.models.report_chromium_asset")
    def test_numbers_that_are_none_and_codes_that_cannot_be_drawn_are_not_found(self):
        for path in (
            "/web/image/0/wide",
            "/web/binary/company_logo?company=abc",
            "/report/barcode/NoSuchCode/1",
            "/report/barcode/Code128/",
        ):
            found = self.get(path)
            self.assertTrue(found is None or found[1].startswith("image/"), path)
        self.assertIsNone(self.get("/web/binary/company_logo?company=abc"))
        self.assertIsNone(self.get("/report/barcode/NoSuchCode/1"))
