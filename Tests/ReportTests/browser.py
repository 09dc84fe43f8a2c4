#!/usr/bin/env python3
"""Opens pages in headless Chromium and says as JSON what a reader would meet.

usage: browser.py CHROMIUM [--pictures FOLDER] PAGE.html ...

Speaks the DevTools protocol over a pipe, with the standard library alone. For each page:
messages of the console, requests beside the page itself, the faults of its layout at 390 and
1280 pixels and in the dark, and the sheets that it prints on: their sizes in points and the
words on each (by pdftotext).
"""
import base64
import json
import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

WIDTHS = (390, 1280)

# Faults of the layout as a list of texts.
LOOK = r"""
(() => {
  const faults = [], wide = document.documentElement.clientWidth;
  const short = (text) => text.trim().slice(0, 30);
  if (document.documentElement.scrollWidth > wide)
    faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
  const isSeen = (node) => node.getClientRects().length > 0;
  for (const node of document.querySelectorAll(
      'h1, h2, h3, p, li, .title > span, figcaption, .scroll, svg, .signatures p')) {
    if (!isSeen(node)) continue;
    const box = node.getBoundingClientRect();
    if (box.left < -0.5 || box.right > wide + 0.5)
      faults.push(`${node.tagName} sticks out: ${short(node.textContent)}`);
    if (node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== 'auto'
        && node.clientWidth > 0)
      faults.push(`${node.tagName} is cut: ${short(node.textContent)}`);
  }
  for (const cell of document.querySelectorAll('tr:not(.again) > td, th')) {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const text = range.getBoundingClientRect(), box = cell.getBoundingClientRect();
    if (text.width && (text.left < box.left - 0.5 || text.right > box.right + 0.5))
      faults.push(`a cell is too narrow: ${short(cell.textContent)}`);
  }
  for (const figure of document.querySelectorAll('figure')) {
    const drawn = [...figure.querySelectorAll('svg')].filter(isSeen);
    if (figure.querySelector('svg') && drawn.length !== 1)
      faults.push(`${drawn.length} drawings of one chart are seen`);
    for (const svg of drawn) {
      const sheet = svg.getBoundingClientRect();
      const scale = sheet.width / svg.viewBox.baseVal.width;
      if (12 * scale < 9) faults.push(`a chart's letters are ${12 * scale} pixels high`);
      if (!svg.querySelector('rect, polyline, circle')) faults.push('a chart is empty');
      const boxes = [...svg.querySelectorAll('text')].map((text) => {
        const box = text.getBoundingClientRect(), middle = (box.top + box.bottom) / 2;
        // The height of the letters, not of their line.
        return {name: short(text.textContent), left: box.left, right: box.right,
                top: middle - 5 * scale, bottom: middle + 5 * scale};
      });
      boxes.forEach((one, index) => {
        if (one.left < sheet.left - 0.5 || one.right > sheet.right + 0.5
            || one.top < sheet.top || one.bottom > sheet.bottom)
          faults.push(`a label is cut: ${one.name}`);
        for (const other of boxes.slice(index + 1))
          if (one.left < other.right && other.left < one.right
              && one.top < other.bottom && other.top < one.bottom)
            faults.push(`labels overlap: ${one.name}, ${other.name}`);
      });
    }
  }
  return faults;
})()
"""

# Tables that are wider than their place, by their titles: a reader has to move them.
SCROLLED = r"""
[...document.querySelectorAll('.scroll')].filter((box) => box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.parentNode.querySelector('.title').textContent)
"""

# Lightness of paper and ink, 0 to 1.
LIGHT = r"""
(() => ['background-color', 'color'].map((name) => {
  const parts = getComputedStyle(document.body).getPropertyValue(name).match(/[\d.]+/g);
  return parts.slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765;
}))()
"""


class Browser:
    """One headless Chromium, driven through two pipes."""

    def __init__(self, program, profile):
        down, self.writing = os.pipe()
        self.reading, up = os.pipe()

        def inherit():
            os.dup2(down, 3)
            os.dup2(up, 4)

        # Above 4, so that neither is overwritten before it is passed on.
        import fcntl
        down = fcntl.fcntl(down, fcntl.F_DUPFD, 10)
        up = fcntl.fcntl(up, fcntl.F_DUPFD, 10)
        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-dev-shm-usage", "--disable-background-networking", "--hide-scrollbars",
             "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=inherit, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(down)
        os.close(up)
        self.number = 0
        self.rest = b""
        self.events = []

    def read(self, until):
        while b"\0" not in self.rest:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.reading], [], [], left)[0]:
                raise TimeoutError("the browser does not answer")
            piece = os.read(self.reading, 1 << 20)
            if not piece:
                raise EOFError("the browser has ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        rest = memoryview(json.dumps(message).encode() + b"\0")
        while rest:
            rest = rest[os.write(self.writing, rest):]
        until = time.monotonic() + 60
        while True:
            answer = self.read(until)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method, session):
        until = time.monotonic() + 60
        while not any(event.get("method") == method and event.get("sessionId") == session
                      for event in self.events):
            self.events.append(self.read(until))

    def close(self):
        try:
            self.call("Browser.close")
            self.process.wait(5)
        except Exception:
            self.process.kill()
            self.process.wait()


def look(browser, page, pictures):
    """What there is to say of one page."""
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def call(method, **parameters):
        return browser.call(method, session, **parameters)

    def value(expression):
        return call("Runtime.evaluate", expression=expression,
                    returnByValue=True)["result"]["value"]

    def picture(name):
        if pictures:
            base = os.path.splitext(os.path.basename(page))[0]
            data = call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
            with open(os.path.join(pictures, f"{base}-{name}.png"), "wb") as file:
                file.write(base64.b64decode(data))

    def size(width):
        call("Emulation.setDeviceMetricsOverride", width=width, height=900,
             deviceScaleFactor=1, mobile=width < 600)

    for domain in ("Page", "Network", "Runtime", "Log"):
        call(domain + ".enable")
    browser.events.clear()
    address = "file://" + os.path.abspath(page)
    size(WIDTHS[-1])
    call("Page.navigate", url=address)
    browser.wait("Page.loadEventFired", session)
    layout, scrolled = {}, {}
    for width in WIDTHS:
        size(width)
        layout[str(width)] = value(LOOK)
        scrolled[str(width)] = value(SCROLLED)
        picture(width)
    call("Emulation.setEmulatedMedia",
         features=[{"name": "prefers-color-scheme", "value": "dark"}])
    dark = value(LIGHT)
    picture("dark")
    call("Emulation.setEmulatedMedia",
         features=[{"name": "prefers-color-scheme", "value": "light"}])
    light = value(LIGHT)
    pdf = base64.b64decode(call("Page.printToPDF", preferCSSPageSize=True)["data"])
    if pictures:
        base = os.path.splitext(os.path.basename(page))[0]
        with open(os.path.join(pictures, base + ".pdf"), "wb") as file:
            file.write(pdf)
    words = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, check=True,
                           stdout=subprocess.PIPE).stdout.decode().split("\f")[:-1]
    sheets = [[round(float(number)) for number in box.split()[2:]]
              for box in re.findall(rb"/MediaBox \[([^\]]*)\]", pdf)]
    console, requests = [], []
    for event in browser.events:
        if event.get("sessionId") != session:
            continue
        method, parameters = event["method"], event.get("params", {})
        if method == "Runtime.consoleAPICalled":
            console.append(json.dumps(parameters["args"]))
        elif method == "Runtime.exceptionThrown":
            console.append(parameters["exceptionDetails"]["text"])
        elif method == "Log.entryAdded":
            console.append(parameters["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            address_asked = parameters["request"]["url"]
            if address_asked != address and not address_asked.startswith("data:"):
                requests.append(address_asked)
    facts = value("""({
      language: document.documentElement.lang, title: document.title,
      tables: document.querySelectorAll('table').length,
      figures: document.querySelectorAll('figure').length})""")
    browser.call("Target.closeTarget", targetId=target)
    return {"console": console, "requests": requests, "layout": layout, "scrolled": scrolled,
            "dark": dark, "light": light, "sheets": sheets, "words": words, **facts}


def main():
    program, *pages = sys.argv[1:]
    pictures = None
    if pages[:1] == ["--pictures"]:
        pictures, pages = pages[1], pages[2:]
        os.makedirs(pictures, exist_ok=True)
    profile = tempfile.mkdtemp(prefix="muster-browser-")
    browser = Browser(program, profile)
    try:
        result = {os.path.basename(page): look(browser, page, pictures) for page in pages}
    finally:
        browser.close()
        shutil.rmtree(profile, ignore_errors=True)
    json.dump(result, sys.stdout, ensure_ascii=False)


main()
