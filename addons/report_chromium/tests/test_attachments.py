import io

from odoo.tests import tagged
from pypdf import PdfReader

from .common import ARTICLE, ChromiumCommon, texts


@tagged("post_install", "-at_install")
class TestAttachments(ChromiumCommon):
    def attachments(self, partners):
        return self.env["ir.attachment"].search([("res_model", "=", "res.partner"), ("res_id", "in", partners.ids)], order="res_id")

    def test_several_documents_of_several_pages_are_kept_one_by_one(self):
        self.user.group_ids += self.env.ref("base.group_partner_manager")
        self.report.attachment = "object.name + '.pdf'"
        partners = self.create_partners("甲店", "乙店", "丙店")
        partners[1].ref = "5"
        reader = self.print_report(partners)
        self.assertEqual(len(reader.pages), 7)
        kept = self.attachments(partners)
        self.assertEqual(kept.mapped("name"), ["甲店.pdf", "乙店.pdf", "丙店.pdf"])
        files = [PdfReader(io.BytesIO(attachment.raw)) for attachment in kept]
        self.assertEqual([len(file.pages) for file in files], [3, 1, 3])
        for partner, file in zip(partners, files, strict=True):
            self.assertIn(partner.name, texts(file)[0])

    def test_kept_document_is_printed_again_as_it_was(self):
        self.user.group_ids += self.env.ref("base.group_partner_manager")
        self.report.write({"attachment": "object.name + '.pdf'", "attachment_use": True})
        partner = self.create_partners(ARTICLE, rows=1)
        self.print_report(partner)
        partner.ref = "99"
        self.assertEqual(len(self.print_report(partner).pages), 1)
        self.attachments(partner).unlink()
        self.assertGreater(len(self.print_report(partner).pages), 1)
