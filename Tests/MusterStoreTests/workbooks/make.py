"""Makes the workbooks beside it, and what openpyxl reads from each.

usage: make.py     (with openpyxl and xlsxwriter installed, and soffice on the path)

Each NAME.xlsx but unseen.xlsx has a NAME.txt: a line `== sheet` with `hidden` behind it where it is, `merge` and
`hidden` lines, then a line a cell: row, column, kind, value. An .xls was made from the .xlsx of the
same name and holds the same.
"""
import datetime
import os
import subprocess
import tempfile
from decimal import Decimal

import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import numbers
from openpyxl.utils.datetime import CALENDAR_MAC_1904

HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def roster():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "团员名册"
    sheet["A1"] = "和平区第一中学团员名册"
    sheet.merge_cells("A1:H1")
    sheet["A2"] = "填报日期："
    sheet["B2"] = datetime.date(2015, 10, 31)
    for column, heading in enumerate(
            ["序号", "姓名", "出生日期", "身份证号", "所在\n支部", "时长", "已注册", "合计"], 1):
        sheet.cell(4, column, heading)
    rows = [
        (1, "王·伟", datetime.date(2000, 2, 29), "120101200002291234", "高一1班", 12.5, True),
        (2, "欧阳 娜娜", datetime.date(1999, 12, 31), "12010119991231123X", None, 0.1 + 0.2, False),
        (3, "𠮷野家", datetime.date(2001, 1, 1), "120101200101011234", None, 100, True),
        (4, "Ömer & <Sons>", datetime.date(1988, 8, 8), "007", "高一2班", -3.25, None),
    ]
    for number, row in enumerate(rows, 5):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, value)
        sheet.cell(number, 3).number_format = 'yyyy"年"m"月"d"日"'
        sheet.cell(number, 8, "=F%d*2" % number)
    sheet.merge_cells("E5:E7")
    sheet.row_dimensions[6].hidden = True
    sheet["A12"] = "合计"
    sheet["F12"] = "=SUM(F5:F8)"
    sheet["H12"] = "=1/0"
    for row in range(20, 60):
        sheet.cell(row, 3).number_format = "0.00"
    days = book.create_sheet("日期与数")
    shown = [
        ("yyyy-mm-dd", datetime.date(2015, 6, 3)), ("yyyy/m/d h:mm", datetime.datetime(2015, 6, 3, 14, 30)),
        ("m/d/yy", datetime.date(1900, 3, 1)), ("[$-804]yyyy\\.mm\\.dd;@", datetime.date(2099, 12, 31)),
        ("h:mm:ss", datetime.time(8, 5, 9)), ("[h]:mm:ss", datetime.timedelta(hours=36, minutes=30)),
        ("0.00E+00", 12345.678), ('0.00"元/日"', 12.5), ("0_);[Red]\\(0\\)", 7), ("#,##0.00", 1234567.891),
        ("0%", 0.95), ("General", 1e15), ("General", 123456789012345), ("@", "2015-06-03"),
        ("General", 0.000123), ("General", 1 / 3), ("m月", datetime.date(2015, 6, 1)),
    ]
    for number, (code, value) in enumerate(shown, 1):
        cell = days.cell(number, 2, value)
        cell.number_format = code
    errors = book.create_sheet("错误值")
    for number, text in enumerate(["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!"], 1):
        errors.cell(number, 27, text)
    bold = InlineFont(b=True)
    errors["A9"] = CellRichText("前", TextBlock(bold, "粗"), "后 ")
    errors["A10"] = "  两端有空格  "
    errors["A11"] = "换\n行\t制表"
    secret = book.create_sheet("隐藏表")
    secret["C3"] = "看不见"
    secret.sheet_state = "hidden"
    book.create_sheet("空表")
    book.move_sheet("错误值", -2)
    book.save(path("roster.xlsx"))


def old_days():
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "1904"
    for number, day in enumerate([datetime.date(1904, 1, 2), datetime.date(2015, 6, 3)], 1):
        sheet.cell(number, 1, day)
    book.save(path("days-1904.xlsx"))


def many_texts():
    """Texts that are shared and long, over several records of an .xls."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "长文字"
    for row in range(1, 61):
        sheet.cell(row, 1, "第%d条" % row)
        sheet.cell(row, 2, ("长文ab" * (row * 7))[:8000 if row == 60 else 900]
                   + ("𠮷é" if row % 3 else ""))
        sheet.cell(row, 3, "abc" * (row % 40) + ("ü" if row % 2 else ""))
    book.save(path("texts.xlsx"))


def unseen():
    """Formulas that no program has worked out, as a library writes them: zeros."""
    book = xlsxwriter.Workbook(path("unseen.xlsx"))
    sheet = book.add_worksheet("未计算")
    sheet.write(0, 0, 21)
    sheet.write_formula(0, 1, "=A1*2")
    sheet.write_formula(0, 2, "=A1*3", value=63)
    sheet.write_formula(0, 3, "=A1&\"\"", value="")
    book.close()


def office(name, into, form):
    """What LibreOffice makes of a workbook: every formula with its value."""
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            ["soffice", "-env:UserInstallation=file://" + home, "--headless", "--convert-to", form,
             "--outdir", home, path(name)], check=True, stdout=subprocess.DEVNULL)
        made = os.path.join(home, os.path.splitext(name)[0] + "." + form.split(":")[0])
        os.replace(made, path(into))


def shown(cell):
    value = cell.value
    if cell.data_type == "e":
        return "error " + value
    if isinstance(value, bool):
        return "boolean " + str(value).lower()
    if isinstance(value, (int, float)):
        text = format(Decimal("%.15g" % value), "f")
        return "number " + (text.rstrip("0").rstrip(".") if "." in text else text)
    if isinstance(value, datetime.datetime):
        return "day " + (str(value.date()) if value.time() == datetime.time() else str(value))
    if isinstance(value, datetime.date):
        return "day " + str(value)
    if isinstance(value, datetime.time):
        return "text " + str(value)
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return "text %02d:%02d:%02d" % (seconds // 3600, seconds // 60 % 60, seconds % 60)
    return "text " + value.replace("\n", "\\n").replace("\t", "\\t")


def dump(name):
    values = openpyxl.load_workbook(path(name), data_only=True)
    formulas = openpyxl.load_workbook(path(name))
    lines = []
    for sheet in values.worksheets:
        lines.append("== " + sheet.title + ("" if sheet.sheet_state == "visible" else " hidden"))
        lines += sorted("merge " + str(area) for area in sheet.merged_cells.ranges)
        filled = set()
        cells = []
        for row in sheet.iter_rows():
            for cell in row:
                written = formulas[sheet.title].cell(cell.row, cell.column)
                if cell.value is None and written.data_type == "f":
                    cells.append("%d %s unvalued" % (cell.row, cell.column_letter))
                elif cell.value is not None and cell.value != "":
                    cells.append("%d %s %s" % (cell.row, cell.column_letter, shown(cell)))
                else:
                    continue
                filled.add(cell.row)
        lines += ["hidden %d" % row for row in sorted(filled) if sheet.row_dimensions[row].hidden]
        lines += cells
    with open(path(os.path.splitext(name)[0] + ".txt"), "w") as file:
        file.write("\n".join(lines) + "\n")


roster()
old_days()
many_texts()
unseen()
for form in ["xlsx", "xls:MS Excel 97"]:
    office("roster.xlsx", "office-roster." + form.split(":")[0], form)
    office("texts.xlsx", "office-texts." + form.split(":")[0], form)
    office("days-1904.xlsx", "office-days-1904." + form.split(":")[0], form)
for made in ["roster", "days-1904", "texts", "office-roster", "office-texts", "office-days-1904"]:
    dump(made + ".xlsx")
