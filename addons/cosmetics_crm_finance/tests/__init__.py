from . import test_points_closing
from . import test_points_history
from . import test_points_tools
from . import test_stored_closing
