"""Commands of docs/OPERATIONS.md that need root, Docker or systemd: which file carries them out, and how they are written there."""

DEB, DOCKER = "scripts/deb-rehearsal.sh", "scripts/docker-rehearsal.sh"
COMPOSE = r"docker compose (-f docker/compose\.yaml )?(--profile tls )?"
# Form of the command, file, pattern in the file.
REHEARSED = [
    (r"sudo install -m 755 \.build/release/clipcheck /usr/local/bin/clipcheck", "Makefile", r"^build:"),
    (r"sudo apt-get install \./\.build/deb/clipcheck_\*\.deb", DEB, r"apt-get install .*/packages/"),
    (r"sudo apt-get install caddy", DOCKER, r"apt-get install .* caddy"),
    (r"sudo install -m 644 docker/Caddyfile /etc/caddy/Caddyfile", "docker/compose.yaml", r"Caddyfile:/etc/caddy/Caddyfile"),
    (r"sudo systemctl daemon-reload", DEB, r"systemctl enable|--boot"),
    (r"sudo systemctl (re)?start (caddy )?clipcheck", DEB, r"multi-user\.target\.wants/clipcheck\.service"),
    (r"sudo systemctl stop clipcheck", DEB, r"systemctl stop clipcheck"),
    (r"systemctl (show|status) .*clipcheck", DEB, r"systemctl show .*clipcheck"),
    (r"journalctl -u clipcheck", DEB, r"journalctl -u clipcheck"),
    (r"sudo chown -R clipcheck:clipcheck /var/lib/clipcheck", DEB, r"clipcheck:clipcheck 700"),
    (r"sudo -u clipcheck env CLIPCHECK_DATA=/var/lib/clipcheck clipcheck .*", DEB, r"CLIPCHECK_DATA=/var/lib/clipcheck"),
    (COMPOSE + r"build", DOCKER, r"docker/Dockerfile"),
    (COMPOSE + r"up -d --wait", DOCKER, r"compose up -d"),
    (COMPOSE + r"stop", DOCKER, r"compose .*stop"),
    (COMPOSE + r"logs clipcheck", DOCKER, r"podman logs"),
    (COMPOSE + r"exec clipcheck clipcheck .*", DOCKER, r"podman exec .*clipcheck"),
    (r"docker stop( -t \d+)?", "docker/compose.yaml", r"stop_grace_period"),
]
