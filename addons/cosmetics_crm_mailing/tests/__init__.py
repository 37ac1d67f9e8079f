from . import test_sms_queue, test_tools
