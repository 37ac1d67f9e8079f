"""`./erp bench shelf-life`: batches and their dates, our database against bare Odoo."""
