"""CPU time of commands with all that they start, and lines that show a figure beside its limit."""
import ctypes
import os
import subprocess
import sys
import time

failed = False

# What a process leaves behind is ours to wait for, so that the CPU time of zygotes and workers is counted too.
# Source: prctl(2), PR_SET_CHILD_SUBREAPER.
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)


def cpu(command):
    """CPU seconds, wall seconds and peak memory in MiB of a command with all that it starts."""
    before, start = os.times(), time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - start
    try:
        while True:
            os.waitpid(-1, 0)
    except ChildProcessError:
        pass
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    if child.returncode not in (0, 1, 2):
        sys.exit(f"{command} ended with {child.returncode}")
    return spent, wall, usage.ru_maxrss / 1024


def worker_memory(command):
    """Peak resident memory in MiB of the largest worker of a command: the child of a zygote."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while child.poll() is None:
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                if is_zygote(process) and is_zygote(parent_of(process)):
                    most = max(most, int(field(process, "VmHWM").split()[0]))
            except (FileNotFoundError, ProcessLookupError, IndexError):
                continue  # it has just ended
        time.sleep(0.005)
    return most / 1024


def field(process, name):
    """A line of a process's status, without its name."""
    with open(f"/proc/{process}/status", encoding="utf-8", errors="replace") as status:
        return next((entry.split(":", 1)[1].strip() for entry in status if entry.startswith(f"{name}:")), "0")


def parent_of(process):
    """The number of a process's parent."""
    return field(process, "PPid")


def is_zygote(process):
    """Whether a process is a zygote, or a worker that was forked from one."""
    with open(f"/proc/{process}/cmdline", "rb") as words:
        return b"--probe-zygote" in words.read().split(b"\0")


def processor_seconds(process):
    """Processor time of a process and of the children it has waited for or still has."""
    total = 0
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(entry) == process or int(fields[1]) == process:
            total += sum(map(int, fields[11:15]))
    return total / os.sysconf("SC_CLK_TCK")


def running_seconds(process):
    """Processor time of the threads that a process and its children have now, to the nanosecond.

    The ticks of `processor_seconds` are too coarse for a process that does nearly nothing. Threads that have ended do not
    count. Source: /proc/PID/task/TID/schedstat, first number.
    """
    total = 0
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat") as file:
                parent = int(file.read().rsplit(")", 1)[1].split()[1])
            if process not in (int(entry), parent):
                continue
            for thread in os.listdir(f"/proc/{entry}/task"):
                with open(f"/proc/{entry}/task/{thread}/schedstat") as file:
                    total += int(file.read().split()[0])
        except OSError:
            continue
    return total / 1e9


def over():
    """Whether a figure was over its limit."""
    return failed


def line(name, figure, limit, unit, detail):
    """Prints a figure beside its limit."""
    global failed
    failed = failed or figure > limit
    print(f"{name:34s} {figure:8.3f} {unit:3s} limit {limit:7.3f}  {'ok' if figure <= limit else 'OVER'}  ({detail})", flush=True)
