"""Buttons that would only refuse an auditor are not shown to one."""

from odoo import models

# What the method of a button must begin with to be left: it shows, prints or downloads.
HARMLESS = ("action_download", "action_export", "action_open", "action_print", "action_view")
# Views of core that offer to upload bills whatever rights there are.
UPLOADING = frozenset({"account_documents_kanban", "account_tree"})


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def _postprocess_access_rights(self, tree):
        """Take the buttons that change something out of the head of views of models that an auditor only reads."""
        model = tree.get("model_access_rights")
        tree = super()._postprocess_access_rights(tree)
        own = self.env["ir.model.access"]._get_report_dialogues() | {"cosmetics.audit.pack"}
        if self.env.user.has_group("cosmetics_finance.group_auditor") and model not in own:
            for button in tree.xpath("//header//button[@type='object' or @type='action']"):
                if not (button.get("name") or "").startswith(HARMLESS):
                    button.getparent().remove(button)
            if tree.get("js_class") in UPLOADING:
                del tree.attrib["js_class"]
        return tree
