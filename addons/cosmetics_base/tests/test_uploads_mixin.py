"""Documents with uploaded files: they take what their user has just uploaded, and nothing else."""

from odoo import Command
from odoo.tests import TransactionCase, new_test_user, tagged

MIXIN = "cosmetics.uploads.mixin"


@tagged("post_install", "-at_install")
class TestUploadsMixin(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "uploads_own", groups="base.group_user")
        cls.colleague = new_test_user(cls.env, "uploads_other", groups="base.group_user")
        # No document of this module has files: a message stands for one, with the field the mixin looks at.
        cls.document = cls.env["mail.message"].create({"body": "Files"})

    def _upload(self, user):
        return self.env["ir.attachment"].with_user(user).create({"name": "file.csv", "raw": b"a"}).sudo()

    def _adopt(self, *files):
        self.document.attachment_ids = [Command.set([file.id for file in files])]
        self.env.registry[MIXIN]._adopt_uploads(self.document.with_user(self.user))

    def test_what_the_user_has_just_uploaded_becomes_that_of_the_document(self):
        files = [self._upload(self.user), self._upload(self.user)]
        self._adopt(*files)
        for file in files:
            self.assertEqual((file.res_model, file.res_id), (self.document._name, self.document.id))

    def test_a_file_of_somebody_else_stays_with_its_uploader(self):
        own, private = self._upload(self.user), self._upload(self.colleague)
        self._adopt(own, private)
        self.assertEqual((bool(own.res_id), private.res_id), (True, 0))

    def test_a_file_of_another_record_stays_there(self):
        partner = self.user.partner_id
        file = self._upload(self.user)
        file.write({"res_model": "res.partner", "res_id": partner.id})
        self._adopt(file)
        self.assertEqual((file.res_model, file.res_id), ("res.partner", partner.id))
