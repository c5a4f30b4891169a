#!/usr/bin/env python3
"""Usage: .venv/bin/python scripts/lint-compose.py COMPOSE.yaml

Fails when a service of the file lacks what keeps its container locked down, or when a port is open to other machines that
should not be.
"""

from __future__ import annotations

import sys
from typing import Any

import yaml

# What every service must say, whatever else it says.
LOCKED = {
    "read_only": True,
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges:true"],
    "stop_grace_period": "45s",
}
LIMITS = ["mem_limit", "cpus", "pids_limit", "restart", "logging"]
FORBIDDEN = ["privileged", "network_mode", "pid", "ipc", "userns_mode", "devices"]
# Capabilities that a service may add, with the reason in compose.yaml.
ADDED = {"proxy": ["NET_BIND_SERVICE"]}


def complaints(name: str, service: dict[str, Any]) -> list[str]:
    """What is wrong with one service."""
    found = [f"{key} is {service.get(key)!r}, expected {value!r}" for key, value in LOCKED.items() if service.get(key) != value]
    found += [f"{key} is missing" for key in LIMITS if key not in service]
    found += [f"{key} must not be there" for key in FORBIDDEN if key in service]
    if service.get("cap_add", []) != ADDED.get(name, []):
        found.append(f"cap_add is {service.get('cap_add')}")
    if not any(place.startswith("/tmp:") for place in service.get("tmpfs", [])):
        found.append("/tmp is no tmpfs")
    found += [f"volume {volume} is the machine's own folder and can be written" for volume in service.get("volumes", [])
              if volume.startswith((".", "/")) and not volume.endswith(":ro")]
    return found


def main(path: str) -> int:
    with open(path, encoding="utf-8") as file:
        compose = yaml.safe_load(file)
    services = compose["services"]
    found = [f"{name}: {text}" for name, service in services.items() for text in complaints(name, service)]
    if not all(port.startswith("127.0.0.1:") for port in services["clipcheck"]["ports"]):
        found.append("clipcheck: a port is open to other machines")
    if services["clipcheck"]["healthcheck"]["test"] != ["CMD", "/usr/bin/clipcheck", "healthcheck"]:
        found.append("clipcheck: the health check does not run `clipcheck healthcheck`")
    if services["proxy"].get("profiles") != ["tls"]:
        found.append("proxy: its profile is not `tls`")
    for text in found:
        print(f"{path}: {text}", file=sys.stderr)
    if not found:
        print(f"lint-compose: {path}: {len(services)} services")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
