#!/usr/bin/env python3
"""Usage: .venv/bin/python scripts/check-metrics.py CLIPCHECK FOLDER

Checks the files in ops/ against a real service, with `prometheus` and `promtool` from FOLDER:

1. promtool accepts alerts.yaml and its unit tests, and the text of /metrics;
2. every metric and label that an alert or the dashboard names is in /metrics;
3. a real Prometheus, which scrapes the service with the jobs of ops/prometheus.yaml, answers every query of the
   dashboard with data;
4. docs/OPERATIONS.md has a line for every metric and every alert, and names no other.

Exit code 0: all of it holds. Takes some 15 seconds, all of it on 127.0.0.1.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import requests
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests/EntryServerTests/python"))

from service import RunningService  # noqa: E402

OPS = ROOT / "ops"
GUIDE = (ROOT / "docs/OPERATIONS.md").read_text()
# A scrape every half second fits six into a window of three.
INTERVAL, WINDOW = "500ms", "3s"
SUFFIXES = re.compile("_(bucket|sum|count)$")


def promtool(folder: str, *arguments: str, stdin: str | None = None) -> list[str]:
    """Runs promtool; its complaints, each one line."""
    done = subprocess.run([f"{folder}/promtool", *arguments], input=stdin, capture_output=True, text=True, timeout=60)
    return [] if done.returncode == 0 else [f"promtool {arguments[0]} {arguments[1]}: {done.stdout}{done.stderr}"]


def use(address: str) -> None:
    """Requests of every kind that the dashboard shows: entries, checks, an unfinished upload, an unknown address."""
    clips = {name: (ROOT / "TestMedia" / name).read_bytes() for name in ("作品.mp4", "short.mp4")}
    for clip in clips.values():
        form = {"contest": (None, "xian-2024"), "media": ("a.mp4", clip, "video/mp4")}
        requests.post(f"{address}/v1/entries", files=form, timeout=60).raise_for_status()
        requests.post(f"{address}/v1/checks?contest=xian-2024", data=clip, timeout=60).raise_for_status()
    upload = {"Tus-Resumable": "1.0.0", "Upload-Length": "9", "Upload-Metadata": "contest eGlhbi0yMDI0"}
    requests.post(f"{address}/v1/uploads", headers=upload, timeout=60).raise_for_status()
    requests.get(f"{address}/v1/entries", timeout=60).raise_for_status()
    requests.get(f"{address}/nowhere", timeout=60)


def series(text: str) -> dict[str, set[str]]:
    """Names of the labels of each metric in the text format, by the name of the sample."""
    found: dict[str, set[str]] = {"up": {"job", "instance"}}
    for line in text.splitlines():
        if match := re.match(r"([a-z_:]+)(?:\{(.*)\})? ", line):
            labels = set(re.findall(r'(\w+)="', match[2] or ""))
            found.setdefault(match[1], set()).update(labels | {"job", "instance"})
    return found


def dashboard() -> list[tuple[str, str]]:
    """Title and expression of every query of the dashboard."""
    panels = json.loads((OPS / "grafana-dashboard.json").read_text())["panels"]
    return [(panel["title"], target["expr"]) for panel in panels for target in panel.get("targets", [])]


def alerts() -> list[tuple[str, str]]:
    """Name and expression of every alert."""
    groups = yaml.safe_load((OPS / "alerts.yaml").read_text())["groups"]
    return [(rule["alert"], rule["expr"]) for group in groups for rule in group["rules"]]


def unknown_names(live: dict[str, set[str]], queries: list[tuple[str, str]]) -> list[str]:
    """Metrics and labels that a query names and /metrics has not."""
    missing = []
    for title, query in queries:
        for name, selector in re.findall(r"\b(clipcheck_\w+|process_\w+|up)\b(?:\{([^}]*)\})?", query):
            if name not in live:
                missing.append(f"{title}: /metrics has no {name}")
            for label in re.findall(r'(\w+)\s*[=!]~?\s*"', selector):
                if label not in live.get(name, set()):
                    missing.append(f"{title}: {name} has no label {label}")
        for group in re.findall(r"\bby \(([^)]*)\)", query):
            known = set().union(*live.values())
            missing += [f"{title}: no metric has the label {label}" for label in re.split(r",\s*", group)
                        if label not in known]
    return missing


def undocumented(live: dict[str, set[str]]) -> list[str]:
    """Differences between /metrics, the alerts and the tables of docs/OPERATIONS.md."""
    own = {SUFFIXES.sub("", name) for name in live if name.startswith("clipcheck_")}
    told = set(re.findall(r"\bclipcheck_\w+\b", GUIDE))
    names, rows = {name for name, _ in alerts()}, set(re.findall(r"^\| `(Clipcheck\w+)` \|", GUIDE, re.MULTILINE))
    return [f"docs/OPERATIONS.md and ops/ differ: {sorted(own ^ told)}" for _ in [0] if own != told] + [
        f"docs/OPERATIONS.md and alerts.yaml differ: {sorted(names ^ rows)}" for _ in [0] if names != rows]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(address: str, query: str) -> list[Any]:
    """The result of an instant query."""
    answer = requests.get(f"{address}/api/v1/query", params={"query": query}, timeout=30).json()
    if answer["status"] != "success":
        raise SystemExit(f"{query}: {answer['error']}")
    return list(answer["data"]["result"])


def empty_queries(address: str) -> list[str]:
    """Queries of the dashboard that a Prometheus answers without data."""
    known = ask(address, "clipcheck_build_info")
    if not known:
        return ["Prometheus has scraped nothing"]
    empty = []
    for title, query in dashboard():
        query = query.replace("$__rate_interval", WINDOW).replace("$instance", ".*")
        if all(row["value"][1] == "NaN" for row in ask(address, query)):
            empty.append(f"{title}: no data: {query}")
    return empty


def scraped(folder: str, service: str, work: Path) -> list[str]:
    """Runs a Prometheus that scrapes the service while it is used; queries of the dashboard without data."""
    config = yaml.safe_load((OPS / "prometheus.yaml").read_text())
    config["global"] = {"scrape_interval": INTERVAL, "scrape_timeout": INTERVAL}
    config["rule_files"] = [str(OPS / "alerts.yaml")]
    config["scrape_configs"][0]["static_configs"][0]["targets"] = [service.removeprefix("http://")]
    (work / "prometheus.yaml").write_text(yaml.safe_dump(config))
    port = free_port()
    command = [f"{folder}/prometheus", f"--config.file={work}/prometheus.yaml", f"--storage.tsdb.path={work}/tsdb",
               f"--web.listen-address=127.0.0.1:{port}", "--log.level=error"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address, deadline = f"http://127.0.0.1:{port}", time.monotonic() + 60
    empty = ["Prometheus has not started"]
    try:
        while empty and time.monotonic() < deadline and running.poll() is None:
            use(service)
            time.sleep(1)
            try:
                empty = empty_queries(address)
            except requests.ConnectionError:
                continue
    finally:
        running.kill()
        running.wait()
    return empty


def main() -> int:
    binary, folder = sys.argv[1:]
    faults = promtool(folder, "check", "rules", str(OPS / "alerts.yaml"))
    faults += promtool(folder, "test", "rules", str(OPS / "alerts.test.yaml"))
    with tempfile.TemporaryDirectory() as work, RunningService(binary, f"{work}/data") as service:
        use(service.address)
        text = requests.get(f"{service.address}/metrics", timeout=60).text
        faults += promtool(folder, "check", "metrics", stdin=text)
        live = series(text)
        faults += unknown_names(live, alerts() + dashboard()) + undocumented(live)
        faults += scraped(folder, service.address, Path(work))
    print("\n".join(faults) or f"{len(dashboard())} queries return data, {len(alerts())} alerts name what exists")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
