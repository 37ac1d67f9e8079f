import subprocess
import sys
from pathlib import Path

from odoo.tests import BaseCase, tagged

from .. import logins
from ..plan import people

READ_BY_PATH = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("demo_logins", {path!r})
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.PASSWORD, len(module.LOGINS), "odoo" in sys.modules)
"""


@tagged("post_install", "-at_install")
class TestDemoLogins(BaseCase):
    def test_the_set_up_reads_the_logins_without_odoo(self):
        path = str(Path(logins.__file__).resolve())
        run = subprocess.run([sys.executable, "-I", "-c", READ_BY_PATH.format(path=path)], capture_output=True, text=True, check=True)
        self.assertEqual(run.stdout.split(), [logins.PASSWORD, str(len(logins.LOGINS)), "False"])

    def test_every_user_of_the_plan_is_listed_once(self):
        self.assertEqual([login for login, _who, _sees in logins.LOGINS], [row["login"] for row in people.users()])

    def test_each_line_says_who_and_what(self):
        for login, who, sees in logins.LOGINS:
            self.assertRegex(who, r"^[\u4e00-\u9fff]+ [\u4e00-\u9fff]+$", login)
            self.assertTrue(sees, login)
