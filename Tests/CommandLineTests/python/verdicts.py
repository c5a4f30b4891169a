"""Reads the outputs of runs of `clipcheck check --lang en` as their users' programs do, without a line of clipcheck.

    verdicts.py FOLDER…

Each folder holds one run in every format: run.txt, run.json, run.ndjson, run.csv, run.xlsx, run.xml, run.html, run.log.
Prints a line for each file of each of them, in the order of that output, its parts separated by tabs: the folder's name,
the format, the file's verdict, a digest of everything else that is said of the file, the file.
"""

import csv
import hashlib
import html.parser
import json
import pathlib
import re
import sys

import junitparser
import openpyxl


def spelled(verdict):
    """`needs review` and `Needs review` are `needs-review`."""
    return verdict.strip().lower().replace(" ", "-")


def text(path):
    files = []
    for line in path.read_text("utf-8").splitlines()[1:]:
        if re.match(r"\d+ files, ", line):
            break
        if line.startswith(" "):
            files[-1][2].append(line)
        else:
            verdict, *facts, file = re.split(r"  +", line)
            files.append((file, verdict, facts))
    return files


def of_json(results):
    for result in results:
        report = result.get("report")
        if report is None:
            yield result["path"], "error", result["error"]
        else:
            yield result["path"], report.pop("verdict"), [
                report[key] for key in ("media", "facts", "findings", "checklist")
            ]


def table(rows):
    """The rows of a table whose header names its columns."""
    header, *rows = rows
    for row in rows:
        named = dict(zip(header, row, strict=True))
        yield named.pop("File"), named.pop("Verdict"), list(named.items())


def comma_separated(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(table(list(csv.reader(file, strict=True))))


def workbook(path):
    sheets = openpyxl.load_workbook(path).worksheets
    findings = list(sheets[1].iter_rows(values_only=True, min_row=2))
    for file, verdict, rest in table(list(sheets[0].iter_rows(values_only=True))):
        yield file, verdict, rest + [row for row in findings if row[0] == file]


def junit(path):
    for suite in junitparser.JUnitXml.fromfile(str(path)):
        verdicts = [part.value for part in suite.properties() if part.name == "verdict"]
        cases = [(case.name, [(type(one).__name__, one.message) for one in case.result]) for case in suite]
        yield suite.name, verdicts[0] if verdicts else "error" if suite.errors == 1 else "?", cases


class Page(html.parser.HTMLParser):
    """Takes the table of files: of each row the text of its cells by their classes."""

    def __init__(self):
        super().__init__()
        self.rows, self.cell, self.is_list = [], None, False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "table":
            self.is_list = attributes.get("id") == "list"
        elif tag == "tr":
            self.rows += [{}] if self.is_list else []
        elif tag == "td" and self.is_list:
            self.cell = attributes["class"]

    def handle_endtag(self, tag):
        if tag == "td":
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.rows[-1][self.cell] = self.rows[-1].get(self.cell, "") + data


def page(path):
    reader = Page()
    reader.feed(path.read_text("utf-8"))
    for row in reader.rows[1:]:
        yield row["f"], row["v"].lstrip("√×？！?! "), [row[cell] for cell in row if cell not in "ivf"]


def commands(path):
    """What GitHub Actions would show; the verdict is the gravest of a file's annotations."""
    files = {}
    for line in path.read_text("utf-8").splitlines():
        command = re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line)
        properties = dict(part.split("=", 1) for part in command[2].split(","))
        if "file" in properties:
            files.setdefault(properties["file"], []).append((command[1], properties["title"], command[3]))
    for file, told in files.items():
        levels = {level for level, *_ in told}
        yield file, next(level for level in ("error", "warning", "notice") if level in levels), told


READERS = {
    "text": ("run.txt", text),
    "json": ("run.json", lambda path: of_json(json.loads(path.read_bytes()))),
    "ndjson": ("run.ndjson", lambda path: of_json(map(json.loads, path.read_bytes().splitlines()))),
    "csv": ("run.csv", comma_separated),
    "xlsx": ("run.xlsx", workbook),
    "junit": ("run.xml", junit),
    "html": ("run.html", page),
    "github": ("run.log", commands),
}

for folder in map(pathlib.Path, sys.argv[1:]):
    for name, (output, read) in READERS.items():
        for file, verdict, rest in read(folder / output):
            digest = hashlib.sha256(repr(rest).encode()).hexdigest()[:12]
            print(folder.name, name, spelled(verdict), digest, file, sep="\t")
