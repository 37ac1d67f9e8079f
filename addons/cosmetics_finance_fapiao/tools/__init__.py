from . import einvoice_xml, issue, issue_file, kinds, match, money, period, platform_list, record, vat
