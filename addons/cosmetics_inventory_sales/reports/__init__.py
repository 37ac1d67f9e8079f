from . import report_picking_list
