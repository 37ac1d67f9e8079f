from . import test_channel, test_news, test_protocol
