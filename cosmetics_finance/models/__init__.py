from . import account_move_bulk
