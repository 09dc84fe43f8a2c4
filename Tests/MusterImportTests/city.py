#!/usr/bin/env python3
"""Writes a snapshot's people, service and teams as workbooks: a file for each unit of district
level, with headings, days and codes in many forms, as different people would write them.

usage: city.py SNAPSHOT FOLDER"""

import datetime, json, pathlib, sys
from openpyxl import Workbook

source, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


def rows(name):
    path = source / f"{name}.ndjson"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


units = {unit["id"]: unit for unit in rows("units")}
FORMER = {}
for unit in units.values():
    former = unit.get("formerly") or []
    for key in [former] if isinstance(former, str) else former:
        FORMER[key] = unit["id"]
members, service, teams = rows("members"), rows("service"), rows("teams")


def line(unit):
    path = []
    while unit:
        unit = unit if unit in units else FORMER[unit]
        path.insert(0, units[unit])
        unit = units[unit].get("parent")
    return path


def sender(unit):
    path = line(unit)
    return next((u["id"] for u in path if u["level"] == "district"), path[0]["id"])


def day(text, number):
    if not text:
        return None
    year, month, date = map(int, text.split("-"))
    forms = [datetime.datetime(year, month, date), text, f"{year}.{month}.{date}",
             f"{year}年{month}月{date}日", f"{year}{month:02d}{date:02d}", f"{year}/{month}/{date}",
             f"{year}/{month:02d}/{date:02d} 0:00:00", datetime.date(year, month, date),
             " " + text + "\u3000"]
    return forms[number % len(forms)]


CADRE = [{"full_time": "专职", "part_time": "兼职"}, {"full_time": "专职团干部", "part_time": "兼职团干部"}]
STATUS = [{"member": "团员", "activist": "入团积极分子"}, {"member": "共青团员", "activist": "积极分子"}]
STARS = ["{}", "{}星", "{}"]
HEADINGS = [
    {"name": "姓名", "gender": "性别", "birth": "出生日期", "id_number": "身份证号", "joined": "入团日期",
     "registered": "注册日期", "entered": "录入日期", "trained": "培训日期"},
    {"name": "团员姓名*", "gender": "性 别", "birth": "出生\n日期", "id_number": "公民身份号码",
     "joined": "入团时间（年月日）", "registered": "志愿者注册日期", "entered": "平台录入时间", "trained": "培训时间"},
    {"name": "姓　名（必填）", "gender": "性别", "birth": "生日", "id_number": "身份证号码", "joined": "入团时间",
     "registered": "注册时间", "entered": "录入时间", "trained": "参加培训日期"},
]
REST = {"status": "身份", "left": "离团日期", "cadre": "团干部", "party_joined": "入党日期",
        "nominated": "推优日期", "cancelled": "注销日期", "insured_until": "保险至", "certified_stars": "认证星级"}
DAYS = {"birth", "joined", "registered", "entered", "trained", "left", "party_joined", "nominated",
        "cancelled", "insured_until"}

people_of, service_of = {}, {}
where = {}
for member in members:
    where[member["id"]] = sender(member["unit"])
    people_of.setdefault(where[member["id"]], []).append(member)
for record in service:
    service_of.setdefault(where[record["member"]], []).append(record)

for number, district in enumerate(people_of):
    book = Workbook()
    sheet = book.active
    sheet.title = ["团员", "花名册", "Sheet1"][number % 3]
    headings = {**HEADINGS[number % 3], **REST}
    fields = list(headings)
    levels = ["district", "committee", "general_branch", "branch"]
    names = ["区县局级", "基层团委", "团总支", "团支部"]
    # Where the row belongs: by id, by columns, or by one path.
    way = number % 3 if all(line(m["unit"])[0]["level"] == "city" and len(line(m["unit"])) > 1
                            for m in people_of[district]) else 0
    place = [["所在组织编号"], names, ["所在组织"]][way]
    if number % 2:
        sheet.append([f"{units[district]['name']}团员花名册"])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=6)
    sheet.append(["序号", "人员编号"] + place + [headings[f] for f in fields] + ["备注"])
    for index, member in enumerate(people_of[district], 1):
        path = line(member["unit"])
        if way == 0:
            at = [member["unit"]]
        elif way == 1:
            at = [next((u["name"] for u in path if u["level"] == level), None) for level in levels]
        else:
            at = ["/".join(u["name"] for u in path[1:])]
        values = []
        for field in fields:
            value = member.get(field)
            if field in DAYS:
                value = day(value, number + index + len(values))
            elif field == "cadre":
                value = CADRE[index % 2].get(value) if value else ["", "否", None, "-"][index % 4]
            elif field == "status":
                value = STATUS[index % 2][value or "member"]
            elif field == "certified_stars" and value is not None:
                value = value if index % 2 else STARS[index % 3].format(value)
            elif field == "gender" and value:
                value = value if index % 2 else value + "性"
            elif field == "name" and len(value) == 2 and index % 5 == 0:
                value = value[0] + "　" + value[1]
            values.append(value)
        sheet.append([index, member["id"]] + at + values + [None])
        if index % 40 == 0:
            sheet.append([])
            sheet.append(["小计", None])
    for cells in sheet.iter_rows():
        for cell in cells:
            if getattr(cell, "is_date", False):
                cell.number_format = ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "m/d/yy"][cell.row % 3]
    if service_of.get(district):
        log = book.create_sheet("服务记录" if number % 2 else "Sheet2")
        log.append(["人员编号", "服务日期", "服务时长", "服务领域", "重点项目", "是否认定"])
        for index, record in enumerate(service_of[district]):
            hours = record["hours"]
            log.append([record["member"], day(record["date"], index),
                        hours if index % 2 else f"{hours}小时", record.get("field"), record.get("project"),
                        None if record.get("certified") is None
                        else [("是", "否"), ("√", "×"), ("Y", "N")][index % 3][not record["certified"]]])
    book.save(out / f"{number:03d}-{units[district]['name']}.xlsx")

if teams:
    KIND = {"association": "协会", "corps": "总队", "team": "服务队", "online": "网络文明志愿者队"}
    book = Workbook()
    sheet = book.active
    sheet.title = "志愿服务组织"
    sheet.append(["编号", "名称", "所在组织", "类别", "成立日期"])
    for index, team in enumerate(teams):
        sheet.append([team["id"], team.get("name"), team["unit"], KIND.get(team.get("kind")),
                      day(team.get("founded"), index)])
    book.save(out / "999-志愿服务组织.xlsx")
