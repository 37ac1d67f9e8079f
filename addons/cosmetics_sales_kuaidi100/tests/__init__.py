from . import test_kuaidi100, test_pause, test_tools
