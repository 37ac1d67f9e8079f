from . import test_home_screen, test_menus, test_rights
