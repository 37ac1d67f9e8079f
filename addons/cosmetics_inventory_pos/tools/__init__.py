from . import ticket_batches
