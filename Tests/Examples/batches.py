"""folder.sh and github-workflow.yml: both check a folder from the command line."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import yaml
from sandbox import EXAMPLES, Sandbox, expect, expect_part

TABLE = "文件名,作品名称,类别,地区,联系人,联系电话\n作品.mp4,诚信在身边,剧情类,莲湖区,张三,13812345678\nshort.mp4,短,剧情类,碑林区,李四,13912345678\n"


def failed(path: Path) -> list[str]:
    """The suites of a JUnit file with a failed case: one suite is one video."""
    return [suite.get("name", "") for suite in ET.parse(path).iter("testsuite") if suite.find("testcase/failure") is not None]


def folder(sandbox: Sandbox) -> None:
    """Exit codes 0, 1, 64 and 66, each explained; page, workbook and JUnit hold the results."""
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return sandbox.run("sh", str(EXAMPLES / "folder.sh"), *arguments, OUTPUT="结果")

    sandbox.clip("作品.mp4", "作品/作品.mp4")
    good = run("作品", "xian-2024")
    expect(good.returncode, 0, f"folder.sh, compliant: {good.stderr}")
    expect_part("全部合格", good.stdout, "folder.sh, compliant")
    sandbox.clip("short.mp4", "作品/short.mp4")
    (sandbox.folder / "报名表.csv").write_text(TABLE)
    bad = run("作品", "xian-2024", "报名表.csv")
    expect(bad.returncode, 1, f"folder.sh, one too short: {bad.stderr}")
    expect_part("有不合格的作品：见 结果/结果.html", bad.stdout, "folder.sh, one too short")
    results = sandbox.folder / "结果"
    for part in ("诚信在身边", "short.mp4", "碑林区"):
        expect_part(part, (results / "结果.html").read_text(), "page")
    expect(zipfile.ZipFile(results / "结果.xlsx").testzip(), None, "workbook")
    expect(failed(results / "结果.xml"), ["作品/short.mp4"], "failed suites of JUnit")
    expect_part("无法读取", run("没有", "xian-2024").stderr, "folder.sh, no folder")
    expect(run("没有", "xian-2024").returncode, 66, "folder.sh, no folder")
    expect(run("作品", "no-such").returncode, 64, "folder.sh, unknown contest")
    expect(run("作品").returncode, 64, "folder.sh without a contest")


def workflow(sandbox: Sandbox) -> None:
    """Every `run` of the workflow, executed as the runner does: bash -e, with the job's variables."""
    job = yaml.safe_load((EXAMPLES / "github-workflow.yml").read_text())["jobs"]["check"]
    steps = [step["run"] for step in job["steps"] if "run" in step]
    uses = {step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step}
    expect(uses, {"actions/checkout", "actions/upload-artifact"}, "actions of the workflow")

    def run() -> list[subprocess.CompletedProcess[str]]:
        return [sandbox.run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step, cwd=sandbox.folder / "repository",
                            GITHUB_ACTIONS="true", **job["env"]) for step in steps]

    sandbox.clip("short.mp4", "repository/clips/short.mp4")
    good = run()
    expect([step.returncode for step in good], [0] * len(steps), f"workflow, compliant: {good[-1].stderr}")
    sandbox.clip("truncated.mp4", "repository/clips/truncated.mp4")
    bad = run()
    expect([step.returncode for step in bad], [0] * (len(steps) - 1) + [1], "workflow, one truncated")
    expect_part("::error file=clips/truncated.mp4", bad[-1].stdout, "annotation")
    repository = sandbox.folder / "repository"
    expect(failed(repository / "clips.xml"), ["clips/truncated.mp4"], "failed suites of JUnit")
    expect_part("truncated.mp4", (repository / "clips.html").read_text(), "page")
