from . import test_aliyun, test_tools
