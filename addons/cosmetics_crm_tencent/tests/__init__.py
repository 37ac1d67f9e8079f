from . import test_tencent
