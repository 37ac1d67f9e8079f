from . import test_points_closing, test_points_history, test_points_tools, test_stored_closing
