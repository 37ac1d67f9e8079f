from . import test_kuaidi100, test_tools
