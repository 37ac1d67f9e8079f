"""Documents with uploaded files: each has the field that the mixin looks at, and readers find the files in it."""

from odoo.tests import TransactionCase, tagged

MIXIN = "cosmetics.uploads.mixin"


@tagged("post_install", "-at_install")
class TestUploadsMixin(TransactionCase):
    def _documents(self):
        """Return the names of the models that take the mixin; this module alone has none."""
        return [name for name, model in self.registry.items() if name != MIXIN and MIXIN in model._inherit_module]

    def test_each_document_has_the_field_of_its_files(self):
        for name in self._documents():
            with self.subTest(name):
                field = self.env[name]._fields["attachment_ids"]
                self.assertEqual((field.type, field.comodel_name, field.copy), ("many2many", "ir.attachment", False))

    def test_each_document_is_on_a_form_with_its_files(self):
        for name in self._documents():
            with self.subTest(name):
                self.assertIn('name="attachment_ids"', self.env[name].get_view(view_type="form")["arch"])
