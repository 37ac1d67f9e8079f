"""The workbook that the tax platform takes for issuing many invoices (批量开票): plain Python."""

import io

import xlsxwriter

HEAD_SHEET, LINE_SHEET = "1-发票基本信息", "2-发票明细信息"
HEAD = (
    *("发票流水号", "发票类型", "特定业务类型", "是否含税", "受票方自然人标识", "购买方名称", "证件类型", "购买方纳税人识别号"),
    *("购买方地址", "购买方电话", "购买方开户银行", "购买方银行账号", "备注", "是否展示购买方银行账号", "销售方开户行", "销售方银行账号"),
    *("是否展示销售方银行账号", "购买方邮箱", "购买方经办人姓名", "购买方经办人证件类型", "购买方经办人证件号码", "经办人国籍(地区)"),
    *("经办人自然人纳税人识别号", "放弃享受减按1%征收率原因", "收款人", "复核人"),
)
LINES = (
    *("发票流水号", "项目名称", "商品和服务税收编码", "规格型号", "单位", "数量", "单价", "金额", "税率", "折扣金额"),
    *("是否使用优惠政策", "享受优惠政策类型", "即征即退类型"),
)
KINDS = {True: "增值税专用发票", False: "普通发票"}
YES_NO = {True: "是", False: "否"}


def write(issues):
    """Return the bytes of the workbook. Texts are written as texts, never as formulas or links."""
    raw = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(raw, options) as book:
        money = book.add_format({"num_format": "0.00"})
        _write_sheet(book.add_worksheet(HEAD_SHEET), HEAD, [head_row(issue) for issue in issues], money)
        _write_sheet(book.add_worksheet(LINE_SHEET), LINES, [line_row(issue, line) for issue in issues for line in issue.lines], money)
    return raw.getvalue()


def head_row(issue):
    """Return the row of an invoice by column."""
    email, phone = issue.contact
    return {
        "发票流水号": issue.serial,
        "发票类型": KINDS[issue.is_special],
        "是否含税": YES_NO[issue.is_tax_included],
        "受票方自然人标识": YES_NO[issue.is_person],
        "购买方名称": issue.buyer_name,
        "购买方纳税人识别号": issue.buyer_vat,
        "购买方电话": phone,
        "购买方邮箱": email,
        "备注": issue.remark,
    }


def line_row(issue, line):
    """Return the row of a line by column; the platform wants the discount without a sign."""
    return {
        "发票流水号": issue.serial,
        "项目名称": line.name,
        "商品和服务税收编码": line.code,
        "规格型号": line.spec,
        "单位": line.unit,
        "数量": "" if line.quantity is None else f"{line.quantity.normalize():f}",
        "单价": "" if line.price is None else f"{line.price.normalize():f}",
        "金额": line.amount,
        "税率": "免税" if line.rate is None else f"{line.rate.normalize():f}",
        "折扣金额": line.discount or "",
        "是否使用优惠政策": YES_NO[line.rate is None],
        "享受优惠政策类型": "免税" if line.rate is None else "",
    }


def _write_sheet(sheet, columns, rows, money):
    for place, title in enumerate(columns):
        sheet.write_string(0, place, title)
    for row_no, row in enumerate(rows, 1):
        for place, title in enumerate(columns):
            value = row.get(title, "")
            if isinstance(value, str):
                sheet.write_string(row_no, place, value) if value else None
            else:
                sheet.write_number(row_no, place, value, money)
