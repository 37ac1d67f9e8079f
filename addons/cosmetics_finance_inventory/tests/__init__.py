from . import (
    test_cost_table,
    test_stock_loss,
    test_stock_loss_count,
    test_stock_loss_edges,
    test_stock_loss_history,
    test_stock_loss_judgement,
    test_stock_writedown,
    test_tools,
)
