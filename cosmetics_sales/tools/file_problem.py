"""What can be wrong with a file; it lives in the shared module, because other apps read files too."""

from odoo.addons.cosmetics_base.tools.file_problem import FileProblem

__all__ = ["FileProblem"]
