import doctest
import unittest

from odoo.tests import TransactionCase, tagged

from ..tools import sms_api


@tagged("post_install", "-at_install")
class TestTools(TransactionCase):
    def test_examples_in_the_tools_hold(self):
        result = unittest.TestResult()
        suite = doctest.DocTestSuite(sms_api)
        self.assertGreater(suite.countTestCases(), 0)
        suite.run(result)
        self.assertFalse(result.errors + result.failures)
