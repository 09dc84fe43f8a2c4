"""Answers statements over Spark for the program that started it.

A request is a line of JSON on standard input, an answer one or more lines on standard output; the
end of standard input ends everything.

{"id": 1, "do": "open", "schema": S, "folder": F}  the tables below F, a folder of Parquet each
{"id": 2, "do": "query", "sql": T, "values": {"p1": 3}}
{"id": 2, "do": "cancel"}                          ends the query of that number

{"id": 2, "columns": [[1, null], ["2015-10-31", null]], "more": true}   a piece of the rows
{"id": 2, "error": CLASS, "state": SQLSTATE, "text": MESSAGE}           `interrupted` if cancelled

Days are `2015-10-31`; doubles that are no numbers are the texts `NaN`, `Infinity`, `-Infinity`.
"""

import json
import logging
import math
import os
import queue
import sys
import threading

# What Java writes must not come between the answers.
ANSWERS = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)
# Spark logs statements and messages with values in them; they are answered, not logged.
logging.disable(logging.CRITICAL)

PIECE = 10_000
LOCK = threading.Lock()


def answer(**line):
    with LOCK:
        ANSWERS.write(json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n")
        ANSWERS.flush()


def failed(number, error, cancelled):
    if number in cancelled:
        return answer(id=number, error="interrupted", state="", text="")
    kind, state = None, None
    for name in ("getCondition", "getErrorClass"):
        kind = kind or (getattr(error, name, lambda: None)() or None)
    state = getattr(error, "getSqlState", lambda: None)()
    answer(id=number, error=kind or type(error).__name__, state=state or "", text=str(error))


def session():
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("muster")
    # What the installation says otherwise holds, but for what answers depend on.

    conf = SparkConf()
    for key, value in {
        "spark.master": "local[*]",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.catalogImplementation": "in-memory",
    }.items():
        if not conf.contains(key):
            builder = builder.config(key, value)
    for key, value in {
        "spark.sql.ansi.enabled": "true",
        "spark.sql.caseSensitive": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parser.escapedStringLiterals": "false",
    }.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def name(text):
    return "`" + text.replace("`", "``") + "`"


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def opened(spark, request):
    schema, folder = request["schema"], request["folder"]
    spark.sql(f"create database if not exists {name(schema)}")
    for table in sorted(os.listdir(folder)):
        path = os.path.join(folder, table)
        if os.path.isdir(path):
            spark.sql(f"create table if not exists {name(schema)}.{name(table)} "
                      f"using parquet location {quoted(path)}")


def plain(value):
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def queried(spark, request, cancelled):
    number = request["id"]
    context = spark.sparkContext
    context.setJobGroup(str(number), "muster", interruptOnCancel=True)
    rows = spark.sql(request["sql"], args=request.get("values") or {})
    width, piece = len(rows.columns), []

    def put(more):
        answer(id=number, more=more,
               columns=[[plain(row[place]) for row in piece] for place in range(width)])

    for row in rows.toLocalIterator():
        if number in cancelled:
            raise InterruptedError
        if len(piece) == PIECE:
            put(True)
            piece.clear()
        piece.append(row)
    put(False)


def main():
    spark = None
    requests, cancelled = queue.Queue(), set()

    def read():
        for line in sys.stdin:
            request = json.loads(line)
            if request["do"] != "cancel":
                requests.put(request)
                continue
            cancelled.add(request["id"])
            if spark is not None:
                spark.sparkContext.cancelJobGroup(str(request["id"]))
        # Whatever runs is of no use to anybody any more.
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    try:
        spark = session()
    except Exception as error:
        failed(0, error, cancelled)
        return
    answer(id=0, version=spark.version)
    while True:
        request = requests.get()
        try:
            if request["id"] in cancelled:
                raise InterruptedError
            if request["do"] == "open":
                opened(spark, request)
                answer(id=request["id"], columns=[], more=False)
            else:
                queried(spark, request, cancelled)
        except Exception as error:
            failed(request["id"], error, cancelled)


main()
