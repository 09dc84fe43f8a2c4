"""Answers statements over Spark for the program that started it.

A request is a line of JSON on standard input, an answer one or more lines on standard output; the
end of standard input ends everything.

{"id": 1, "do": "ready"}                           Spark's version, when it has started
{"id": 2, "do": "folder"}                          one that goes with this process
{"id": 2, "do": "own", "folder": F}                F goes with this process, too
{"id": 2, "do": "catalogs", "folder": F}           the snapshots below F, and what is said of each
{"id": 3, "do": "open", "folder": F, "schema": S}  the tables of one of them, and their columns
{"id": 3, "do": "join", "schema": S, "views": [["people", SQL]]}         tables made of others
{"id": 4, "do": "query", "sql": T, "values": {"p1": "3"}}
{"id": 4, "do": "cancel"}                          ends the query of that number

{"id": 5, "do": "begin", "folder": F, "schema": S} what stands there under the name
{"id": 6, "do": "rows", "table": T, "bytes": N}    N bytes of JSON, a row each line, follow
{"id": 7, "do": "write", "table": T, "columns": [["_row", "int"]]}      all of its rows were sent
{"id": 8, "do": "finish", "replace": false, "catalog": C}               all tables were written
{"id": 9, "do": "abandon"}                         nothing more comes of what was begun

{"id": 4, "columns": [[1, null], [16739, null]], "more": true}          a piece of the rows
{"id": 4, "error": CLASS, "state": SQLSTATE, "text": MESSAGE}           `interrupted` if cancelled

An error with the number 0 says why Spark did not start. Days are counted from 1970; doubles that
are no numbers are the texts `NaN`, `Infinity`, `-Infinity`.
"""

import datetime
import fcntl
import glob
import json
import logging
import math
import os
import queue
import re
import shutil
import signal
import sys
import tempfile
import threading

# What Java writes must not come between the answers; how it ends badly is told of at the start.
ANSWERS = os.fdopen(os.dup(1), "w", encoding="utf-8")
LOG = tempfile.TemporaryFile()
os.dup2(LOG.fileno(), 1)
os.dup2(LOG.fileno(), 2)
# Spark logs statements and messages with values in them; they are answered, not logged.
logging.disable(logging.CRITICAL)
# Whoever started it says when to stop.
signal.signal(signal.SIGINT, signal.SIG_IGN)
# Where Spark drops what it thinks it needs.
PLACE = tempfile.mkdtemp(prefix="muster-spark-")

PIECE = 10_000
LOCK = threading.Lock()
EPOCH = datetime.date(1970, 1, 1).toordinal()


def answer(**line):
    with LOCK:
        ANSWERS.write(json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n")
        ANSWERS.flush()


class Fault(Exception):
    """Something with a name, said to the user."""

    def __init__(self, kind, text):
        super().__init__(text)
        self.kind = kind


def failed(number, error, cancelled=()):
    if number in cancelled:
        return answer(id=number, error="interrupted", state="", text="")
    if isinstance(error, Fault):
        return answer(id=number, error=error.kind, state="", text=str(error))
    if isinstance(error, OSError):
        return answer(id=number, error="folder", state="",
                      text=f"{error.filename or ''}: {error.strerror or error}")
    text = str(error)
    kind, state = None, None
    try:
        kind = getattr(error, "getCondition", lambda: None)()
        state = getattr(error, "getSqlState", lambda: None)()
    except Exception:
        pass
    # Behind other faults stands the first, in its text alone.
    if not kind:
        found = re.search(r"\[([A-Z0-9_]+(?:\.[A-Z0-9_]+)*)\].*?SQLSTATE: ([0-9A-Z]{5})", text,
                          re.DOTALL)
        if found:
            kind, state = found.groups()
    answer(id=number, error=kind or type(error).__name__, state=state or "", text=text)


def find_pyspark():
    home = os.environ.get("SPARK_HOME")
    if home:
        sys.path[:0] = [os.path.join(home, "python"),
                        *glob.glob(os.path.join(home, "python", "lib", "py4j-*.zip"))]
    try:
        import pyspark
    except ImportError as error:
        raise Fault("pyspark", str(error))
    return pyspark


def check_java():
    home = os.environ.get("JAVA_HOME")
    if home and not os.access(os.path.join(home, "bin", "java"), os.X_OK):
        raise Fault("java", f"JAVA_HOME={home}")
    if not home and not shutil.which("java"):
        raise Fault("java", "java")


def session():
    pyspark = find_pyspark()
    check_java()
    if int(pyspark.__version__.split(".")[0]) < 4:
        raise Fault("pyspark", f"pyspark {pyspark.__version__} < 4")
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_DRIVER_MEMORY", "2g")
    try:
        SparkContext._ensure_initialized()
        # What the installation says holds, but for what answers depend on.
        conf = SparkConf()
        usual = {
            "spark.master": "local[*]",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "4",
            "spark.sql.catalogImplementation": "in-memory",
            "spark.sql.warehouse.dir": os.path.join(PLACE, "warehouse"),
        }
        if conf.get("spark.master", "local").startswith("local"):
            usual["spark.driver.host"] = "localhost"
            usual["spark.driver.bindAddress"] = "127.0.0.1"
        for key, value in usual.items():
            conf.setIfMissing(key, value)
        for key, value in {
            "spark.app.name": "muster",
            "spark.sql.ansi.enabled": "true",
            "spark.sql.caseSensitive": "true",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.parser.escapedStringLiterals": "false",
            "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
        }.items():
            conf.set(key, value)
        spark = SparkSession.builder.config(conf=conf).getOrCreate()
    except Exception as error:
        LOG.seek(0)
        said = LOG.read().decode("utf-8", "replace").strip().splitlines()
        if any("UnsupportedClassVersionError" in line for line in said):
            raise Fault("java", "Java < 17")
        raise Fault("start", (said or [str(error).splitlines()[0]])[-1])
    spark.sparkContext.setLogLevel("OFF")
    return spark


def name(text):
    return "`" + text.replace("`", "``") + "`"


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


# MARK: pushed snapshots

def catalogs(folder, only=None):
    """The snapshots' names and catalogs; the tables of one that is not whole have none."""
    names, texts = [], []
    for schema in [only] if only is not None else sorted(os.listdir(folder)):
        place = os.path.join(folder, schema)
        if schema.startswith(".") or not os.path.isdir(place):
            continue
        try:
            with open(os.path.join(place, "catalog.json"), encoding="utf-8") as file:
                text = file.read()
        except FileNotFoundError:
            if only is None:
                continue
            text = ""
        names.append(schema)
        texts.append(text)
    return [names, texts]


def make(spark, schema):
    spark.sql(f"drop database if exists {name(schema)} cascade")
    spark.sql(f"create database {name(schema)} location {quoted(os.path.join(PLACE, schema))}")


def opened(spark, folder, schema):
    tables, columns = [], []
    place = os.path.join(folder, schema)
    if not os.path.isdir(place):
        return [tables, columns]
    make(spark, schema)
    for table in sorted(os.listdir(place)):
        path = os.path.join(place, table)
        if not os.path.isdir(path):
            continue
        full = f"{name(schema)}.{name(table)}"
        spark.sql(f"create table {full} using parquet location {quoted(path)}")
        for column in spark.table(full).columns:
            tables.append(table)
            columns.append(column)
    return [tables, columns]


def joined(spark, schema, views):
    """Several snapshots as one: a view for each table."""
    tables, columns = [], []
    make(spark, schema)
    for table, sql in views:
        full = f"{name(schema)}.{name(table)}"
        spark.sql(f"create view {full} as {sql}")
        for column in spark.table(full).columns:
            tables.append(table)
            columns.append(column)
    return [tables, columns]


class Push:
    """A snapshot on its way into a folder."""

    def __init__(self, folder, schema):
        os.makedirs(folder, exist_ok=True)
        self.folder, self.schema = folder, schema
        self.lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self.lock)
            raise Fault("busy", folder)
        self.place = os.path.join(folder, "." + schema + ".unfinished")
        if schema:
            self.rows = None
            shutil.rmtree(self.place, ignore_errors=True)
            os.mkdir(self.place)
            return
        self.abandon()
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, os.strerror(13), folder)

    def file(self, table):
        return os.path.join(self.place, "rows-" + table + ".json")

    def put(self, table, rows):
        with open(self.file(table), "ab") as file:
            file.write(rows)

    def write(self, spark, table, columns):
        types = ", ".join(f"a{place} {kind}" for place, (_, kind) in enumerate(columns))
        shown = [f"a{place} as {name(column)}" for place, (column, _) in enumerate(columns)]
        rows = spark.read.schema(types).json(
            self.file(table), mode="FAILFAST", dateFormat="yyyy-MM-dd", encoding="UTF-8",
            lineSep="\n")
        rows.selectExpr(*shown).write.parquet(os.path.join(self.place, table))
        os.remove(self.file(table))

    def finish(self, catalog, replaces):
        with open(os.path.join(self.place, "catalog.json"), "w", encoding="utf-8") as file:
            file.write(catalog)
            file.flush()
            os.fsync(file.fileno())
        there = os.path.join(self.folder, self.schema)
        former = self.place + ".former"
        if replaces and os.path.isdir(there):
            shutil.rmtree(former, ignore_errors=True)
            os.rename(there, former)
        os.rename(self.place, there)
        shutil.rmtree(former, ignore_errors=True)
        self.abandon()

    def abandon(self):
        """Lets go of the folder; what stands there unfinished goes."""
        if self.lock is None:
            return
        if self.schema:
            shutil.rmtree(self.place, ignore_errors=True)
        os.close(self.lock)
        self.lock = None


# MARK: queries

def plain(value):
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if isinstance(value, datetime.date):
        return value.toordinal() - EPOCH
    return str(value)


def queried(spark, request, cancelled):
    number = request["id"]
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


class Driver:
    def __init__(self):
        # Spark starts while other things are done.
        self.spark, self.start = None, threading.Event()
        self.push = None
        # Folders that go with this process.
        self.owned = []
        self.requests, self.cancelled = queue.Queue(), set()
        # The number of the request that is being answered.
        self.current = None

    def read(self):
        source = sys.stdin.buffer
        for line in source:
            request = json.loads(line)
            if request["do"] == "rows":
                request["rows"] = source.read(request["bytes"])
            if request["do"] != "cancel":
                self.requests.put(request)
                continue
            self.cancelled.add(request["id"])
            threading.Thread(target=self.cancel, args=(request["id"],), daemon=True).start()
        # Whatever runs is of no use to anybody any more.
        if self.push:
            self.push.abandon()
        for folder in [PLACE, *self.owned]:
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)

    def cancel(self, number):
        """Ends what runs for a request, again and again: some of it may only be beginning."""
        while self.current == number:
            if self.spark is not None:
                self.spark.sparkContext.cancelAllJobs()
            threading.Event().wait(0.1)

    def carry_out(self, request):
        number, what = request["id"], request["do"]
        if what == "ready":
            answer(id=number, columns=[[self.spark.version]])
        elif what == "folder":
            answer(id=number, columns=[[os.path.join(PLACE, "books")]])
        elif what == "own":
            self.owned.append(request["folder"])
            answer(id=number, columns=[])
        elif what == "catalogs":
            answer(id=number, columns=catalogs(request["folder"]))
        elif what == "open":
            answer(id=number, columns=opened(self.spark, request["folder"], request["schema"]))
        elif what == "join":
            answer(id=number, columns=joined(self.spark, request["schema"], request["views"]))
        elif what == "query":
            queried(self.spark, request, self.cancelled)
        elif what == "begin":
            if self.push:
                self.push.abandon()
            self.push = Push(request["folder"], request["schema"])
            answer(id=number, columns=catalogs(request["folder"], request["schema"])
                   if request["schema"] else [])
        elif what == "rows":
            self.push.put(request["table"], request["rows"])
            answer(id=number, columns=[])
        elif what == "write":
            self.push.write(self.spark, request["table"], request["columns"])
            answer(id=number, columns=[])
        elif what == "abandon":
            self.push.abandon()
            answer(id=number, columns=[])
        elif what == "finish":
            self.push.finish(request["catalog"], request["replace"])
            answer(id=number, columns=[])

    def run(self):
        os.chdir(PLACE)
        threading.Thread(target=self.read, daemon=True).start()
        threading.Thread(target=self.begin, daemon=True).start()
        while True:
            request = self.requests.get()
            self.current = request["id"]
            try:
                if request["id"] in self.cancelled:
                    raise InterruptedError
                # What needs no Spark is answered before it has started.
                if request["do"] in ("ready", "open", "join", "query", "write"):
                    self.start.wait()
                    if self.spark is None:
                        continue
                self.carry_out(request)
            except Exception as error:
                failed(self.current, error, self.cancelled)
            self.current = None

    def begin(self):
        try:
            self.spark = session()
        except Exception as error:
            failed(0, error)
        self.start.set()


Driver().run()
