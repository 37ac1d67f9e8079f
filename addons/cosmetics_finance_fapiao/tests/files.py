"""Files of the tax platform as it writes them: lists of invoices, lists of confirmed uses, XML of one invoice."""

from .common import BUYER_VAT, DAY, SELLER_VAT, VAT, number, workbook

HEADER = (
    *("序号", "发票代码", "发票号码", "数电发票号码", "销方识别号", "销方名称", "购方识别号", "购买方名称", "开票日期", "税收分类编码"),
    *("特定业务类型", "货物或应税劳务名称", "规格型号", "单位", "数量", "单价", "金额", "税率", "税额", "价税合计", "发票来源"),
    *("发票票种", "发票状态", "是否正数发票", "发票风险等级", "开票人", "备注"),
)
USE_HEADER = (
    *("序号", "勾选状态", "数电发票号码", "发票代码", "发票号码", "开票日期", "销售方纳税人识别号", "销售方纳税人名称", "金额", "税额"),
    *("有效抵扣税额", "发票状态", "勾选时间", "发票来源", "发票票种", "发票风险等级"),
)
ISSUED = {"销方识别号": VAT, "销方名称": "西安美妆", "购方识别号": BUYER_VAT, "购买方名称": "西安晨光商贸"}
RECEIVED = {"销方识别号": SELLER_VAT, "销方名称": "上海丽颜供应链", "购方识别号": VAT, "购买方名称": "西安美妆"}


def row(serial, amount="100.00", tax="13.00", **cells):
    """Return a row of the list by column: a received special invoice of one line unless told."""
    total = cells.pop("total", None) or f"{float(amount) + float(tax):.2f}"
    return {
        **RECEIVED,
        "数电发票号码": number(serial),
        "开票日期": f"{DAY} 10:20:30",
        "税收分类编码": "1070223010000000000",
        "货物或应税劳务名称": "*日用化学产品*面霜",
        "单位": "瓶",
        "数量": "2",
        "单价": "50",
        "金额": amount,
        "税率": "13%",
        "税额": tax,
        "价税合计": total,
        "发票来源": "电子发票服务平台",
        "发票票种": "数电票（增值税专用发票）",
        "发票状态": "正常",
        "是否正数发票": "是" if float(amount) > 0 else "否",
        "开票人": "李会计",
        **cells,
    }


def rows(header, records):
    """Return the rows of a sheet with its header."""
    return [list(header), *([record.get(title, "") for title in header] for record in records)]


def invoice_list(*records, sheet="信息汇总表", before=()):
    """Return the bytes of a list of all invoices; ``before`` are sheets that come first."""
    return workbook(*before, (sheet, rows(HEADER, records)))


def use(serial, amount="100.00", tax="13.00", **cells):
    """Return a row of the list of confirmed uses."""
    return {
        "勾选状态": "已勾选",
        "数电发票号码": number(serial),
        "开票日期": DAY,
        "销售方纳税人识别号": SELLER_VAT,
        "销售方纳税人名称": "上海丽颜供应链",
        "金额": amount,
        "税额": tax,
        "有效抵扣税额": tax,
        "发票状态": "正常",
        "勾选时间": "2026-11-25 09:00:00",
        "发票票种": "数电票（增值税专用发票）",
        **cells,
    }


def use_list(*records):
    """Return the bytes of a list of confirmed uses."""
    return workbook(("发票", rows(USE_HEADER, records)))


LINE = """<IssuItemInformation><ItemName>*日用化学产品*{name}</ItemName>
<SpecMod xsi:nil="true"/><MeaUnits>瓶</MeaUnits>
<Quantity>{quantity}</Quantity><UnPrice>50</UnPrice><Amount>{amount}</Amount><TaxRate>0.13</TaxRate><ComTaxAm>{tax}</ComTaxAm>
<TotaltaxIncludedAmount>0</TotaltaxIncludedAmount><TaxClassificationCode>1070223010000000000</TaxClassificationCode></IssuItemInformation>"""


def xml(serial, lines=(("面霜", "2", "100.00", "13.00"),), special="增值税专用发票", head="", total=None):
    """Return the XML of a received invoice; ``lines`` are (name, quantity, amount, tax)."""
    amount, tax = (sum(float(line[place]) for line in lines) for place in (2, 3))
    items = "".join(LINE.format(name=name, quantity=quantity, amount=amount, tax=tax) for name, quantity, amount, tax in lines)
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}
<EInvoice xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Header><EIid>{number(serial)}</EIid><EInvoiceTag>SWEI3200</EInvoiceTag>
<Version>0.2</Version><InherentLabel><InIssuType><LabelCode>Y</LabelCode><LabelName>开票</LabelName></InIssuType>
<GeneralOrSpecialVAT><LabelCode>01</LabelCode><LabelName>{special}</LabelName></GeneralOrSpecialVAT></InherentLabel></Header>
<EInvoiceData><SellerInformation><SellerIdNum>{SELLER_VAT}</SellerIdNum><SellerName>上海丽颜供应链</SellerName>
<SellerAddr xsi:nil="true"/></SellerInformation>
<BuyerInformation><BuyerIdNum>{VAT}</BuyerIdNum><BuyerName>西安美妆</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>{amount:.2f}</TotalAmWithoutTax><TotalTaxAm>{tax:.2f}</TotalTaxAm>
<TotalTax-includedAmount>{total or amount + tax:.2f}</TotalTax-includedAmount>
<Drawer>李会计</Drawer></BasicInformation>{items}</EInvoiceData>
<AdditionalInformation><Remark>十一月货款</Remark></AdditionalInformation>
<TaxSupervisionInfo><InvoiceNumber>{number(serial)}</InvoiceNumber><IssueTime>{DAY}</IssueTime></TaxSupervisionInfo></EInvoice>""".encode()
