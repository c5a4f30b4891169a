#!/usr/bin/env bash
# Usage: scripts/docker-rehearsal.sh CLIPCHECK [BYTES]
#
# Builds the image by docker/Dockerfile and runs docker/compose.yaml, both profiles, with podman in place of Docker. Prints
# each step and the figures; the first step that fails ends the script with 1. Must be root.
#
# Three things are stand-ins, because a registry of images may be out of reach:
# - debian:bookworm-slim is made by debootstrap, without documents and translations, as the official image is;
# - swift:6.3-bookworm is the same with a `swift` that hands over CLIPCHECK, a finished release binary, instead of compiling;
# - caddy:2 is the same with Debian's caddy.
# The seccomp profile is Docker's own, from Debian's package of Docker's source. BYTES is the size of the large upload
# through the proxy (default: 4 GiB).
set -euo pipefail
binary=$(realpath "$1")
bytes=${2:-$((4 << 30))}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

[[ $(id -u) -eq 0 ]] || {
    echo "请以 root 运行（容器需要）：sudo make docker-rehearsal · Run this as root, which containers need" >&2
    exit 1
}

work=$(mktemp -d "${TMPDIR:-/var/tmp}/clipcheck-rehearsal.XXXXXX")
export CONTAINERS_CONF=$work/containers.conf CONTAINERS_STORAGE_CONF=$work/storage.conf
export DOCKER_HOST=unix://$work/podman.sock COMPOSE_HTTP_TIMEOUT=600 DOCKER_BUILDKIT=0
export CLIPCHECK_PORT=18080 CLIPCHECK_HTTPS_PORT=18443
address=http://127.0.0.1:$CLIPCHECK_PORT
secure=https://localhost:$CLIPCHECK_HTTPS_PORT
service_pid=
checking=

# ---- Helpers ----------------------------------------------------------------------------------------------------------

step() {
    current=$1
    printf '\n==> %s\n' "$1"
}

note() { printf '    %s\n' "$*"; }

fail() {
    printf '==> 失败 · FAILED: %s: %s\n' "$current" "$1" >&2
    exit 1
}

# expect ACTUAL EXPECTED WHAT
expect() { [[ $1 == "$2" ]] || fail "$3: $1, expected $2"; }

# contains TEXT PART WHAT
contains() { [[ $1 == *"$2"* ]] || fail "$3: no \"$2\" in: $1"; }

# Removes containers, networks, volumes and images of this run, and unmounts what podman mounted below the work folder.
clean_up() {
    local status=$?
    trap - EXIT
    ((status == 0)) || podman logs clipcheck_clipcheck_1 2>&1 | tail -n 20 >&2 || true
    {
        podman rm --all --force --time 5
        podman volume rm --all --force
        podman network prune --force
    } >"$work/clean.log" 2>&1 || true
    [[ -z $checking ]] || kill "$checking" 2>/dev/null || true
    [[ -z $service_pid ]] || kill "$service_pid" 2>/dev/null || true
    podman image rm --all --force >>"$work/clean.log" 2>&1 || true
    local place
    while read -r place; do umount "$place"; done < <(awk -v work="$work/" 'index($2, work) == 1 { print $2 }' /proc/mounts | sort -r)
    if grep -qF "$work/" /proc/mounts; then
        echo "仍有挂载，未删除 · still mounted, not removed: $work" >&2
        exit 1
    fi
    rm -rf "$work"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

# The project's compose.yaml, without the key `name`, which version 1 of Compose (Debian 12) does not know, and with a number for
# `nproc`, without which podman raises that limit, which not every root may.
compose() { timeout 300 docker-compose --project-name clipcheck --project-directory docker --file "$work/compose.yaml" "$@"; }

# once ARGUMENT…: `compose run --rm clipcheck ARGUMENT…`; output and errors go to the files `out` and `err`. Detached, because
# version 1 of Compose cannot attach to podman's containers.
once() {
    local status
    compose run -d --name clipcheck_once clipcheck "$@" >"$work/once" 2>&1 || fail "compose run: $(cat "$work/once")"
    status=$(podman wait clipcheck_once)
    podman logs clipcheck_once >"$work/out" 2>"$work/err"
    podman rm clipcheck_once >"$work/once" 2>&1
    return "$status"
}

# ---- 1. An engine of its own: nothing of the machine's podman is used or changed --------------------------------------

step '容器引擎 · container engine'
mkdir -p "$work/cni"
(cd "$work" && apt-get download -q golang-github-docker-docker-dev >/dev/null 2>&1 && dpkg-deb -x golang-github-docker-docker-dev*.deb moby) ||
    fail "cannot download Docker's seccomp profile: apt-get download golang-github-docker-docker-dev"
profile=$(find "$work/moby" -path '*/profiles/seccomp/default.json')
cat >"$CONTAINERS_CONF" <<CONF
[containers]
seccomp_profile = "$profile"
default_ulimits = ["nofile=16384:16384", "nproc=4096:4096"]
log_driver = "k8s-file"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
compat_api_enforce_docker_hub = true
[network]
network_backend = "netavark"
network_config_dir = "$work/cni"
CONF
driver=overlay
grep -q overlay /proc/filesystems && [[ $(stat -f -c %T "$work") != overlayfs ]] || driver=vfs
cat >"$CONTAINERS_STORAGE_CONF" <<CONF
[storage]
driver = "$driver"
graphroot = "$work/graph"
runroot = "$work/run"
CONF
note "$(podman --version), $(runc --version | head -n 1), seccomp: Docker $(dpkg-deb -f "$work"/*.deb Version)"
podman system service --time 0 "$DOCKER_HOST" >"$work/service.log" 2>&1 &
service_pid=$!

# ---- 2. Base images --------------------------------------------------------------------------------------------------

step '基础镜像 · base images: debootstrap'
# shellcheck disable=SC2016  # apt-get's own $()
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -m 1 '/debian/*$') ||
    fail 'the apt sources of this machine name no Debian mirror'
debootstrap --variant=minbase bookworm "$work/base" "$mirror" >"$work/debootstrap.log" 2>&1 || {
    tail -n 5 "$work/debootstrap.log"
    fail debootstrap
}
# What the official slim image leaves out, also of packages that are installed later.
cat >"$work/base/etc/dpkg/dpkg.cfg.d/slim" <<'CONF'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/man/*
path-exclude /usr/share/info/*
path-exclude /usr/share/locale/*
CONF
# As in the official image, apt keeps no packages, no caches and no translations.
cat >"$work/base/etc/apt/apt.conf.d/docker-clean" <<'CONF'
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Acquire::Languages "none";
CONF
find "$work/base/usr/share/doc" -type f ! -name copyright -delete
rm -rf "$work"/base/usr/share/{man,info,locale}/* "$work"/base/var/cache/apt/* "$work"/base/var/lib/apt/lists/* "$work"/base/var/log/*
tar -C "$work/base" -c . | podman import --quiet - docker.io/library/debian:bookworm-slim >/dev/null

mkdir "$work/swift"
cp "$binary" "$work/swift/clipcheck"
cat >"$work/swift/swift" <<'SWIFT'
#!/bin/sh
# Stands in for the compiler: `swift build` is done already.
case "$*" in
--version) echo 'Swift version 6.3 (stand-in)' ;;
*--show-bin-path*) echo /opt/finished ;;
*) echo "stand-in for: swift $*" ;;
esac
SWIFT
chmod +x "$work/swift/swift"
printf 'FROM debian:bookworm-slim\nCOPY swift /usr/bin/\nCOPY clipcheck /opt/finished/\n' >"$work/swift/Dockerfile"
podman build -q --network host -t docker.io/library/swift:6.3-bookworm "$work/swift" >/dev/null
mkdir "$work/caddy"
cat >"$work/caddy/Dockerfile" <<'CADDY'
FROM debian:bookworm-slim
RUN apt-get update -q && apt-get install -q -y --no-install-recommends caddy libcap2-bin \
    && setcap cap_net_bind_service=+ep /usr/bin/caddy && mkdir -p /data /config
ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
CADDY
podman build -q --network host -t docker.io/library/caddy:2 "$work/caddy" >"$work/caddy.log" 2>&1 || {
    tail -n 5 "$work/caddy.log"
    fail 'image of caddy'
}
note "debian:bookworm-slim $(($(podman image inspect -f '{{.Size}}' docker.io/library/debian:bookworm-slim) / 1000000)) MB"

# ---- 3. The image -----------------------------------------------------------------------------------------------------

step '构建镜像 · build the image: docker/Dockerfile'
podman build --format docker --network host -f docker/Dockerfile -t docker.io/library/clipcheck:latest . >"$work/build.log" 2>&1 || {
    tail -n 20 "$work/build.log"
    fail 'podman build'
}
grep '^\(\[[0-9]/[0-9]\] \)\?STEP' "$work/build.log" | sed 's/^/    /'

# inside COMMAND…: runs a command in a fresh container of the image, as root, to look at it.
inside() { podman run --rm --no-healthcheck --user 0 --network none --entrypoint '' docker.io/library/clipcheck:latest "$@"; }

size() { podman image inspect -f '{{.Size}}' "$1"; }
total=$(size docker.io/library/clipcheck:latest)
base=$(size docker.io/library/debian:bookworm-slim)
inside cat /usr/bin/clipcheck >"$work/program"
program=$(stat -c %s "$work/program")
[[ $(objdump -t "$work/program" 2>&1) == *'no symbols'* ]] || fail 'the binary of the image has symbols'
podman build -q --target symbols --format docker --network host -f docker/Dockerfile -t localhost/symbols . >/dev/null 2>&1 || fail 'target symbols'
note "$((total / 1000000)) MB = Debian $((base / 1000000)) MB + shared libraries $(((total - base - program) / 1000000)) MB" \
    "+ clipcheck $((program / 1000000)) MB; its symbols, beside the image: $(($(size localhost/symbols) / 1000000)) MB"
inside ldd /usr/bin/clipcheck | grep 'not found' && fail 'a shared library is missing'
note "shared libraries: $(inside ldd /usr/bin/clipcheck | wc -l); $(inside /usr/bin/clipcheck --version | head -n 1)"
inside sh -c 'grep -q "BEGIN CERTIFICATE" /etc/ssl/certs/ca-certificates.crt' || fail 'no certificates of authorities, so no webhook over https'
for tool in curl wget gcc python3; do
    inside sh -c "command -v $tool" && fail "$tool is in the image"
done

# ---- 4. The three commands of docker/README.md --------------------------------------------------------------------------

# A binary that is older than the command is tried with curl.
has_healthcheck=
[[ $(inside /usr/bin/clipcheck --help) != *healthcheck* ]] || has_healthcheck=yes
healthy=
[[ $has_healthcheck ]] || healthy='s/service_healthy/service_started/;'
sed "$healthy"'/^name:/d; s/^\( *\)nofile: .*/&\n\1nproc: 4096/' docker/compose.yaml >"$work/compose.yaml"

step '没有密钥不启动 · no start without a key'
status=0
once serve || status=$?
expect "$status" 64 "exit code without a key ($(cat "$work/err"))"
contains "$(cat "$work/err")" 'clipcheck keys create' 'what it says'
note 'exit code 64, and it says to make a key'

step '命令一 · first command: keys create'
once keys create 管理员 --scope admin || fail "keys create: $(cat "$work/err")"
key=$(cat "$work/out")
[[ $key =~ ^[A-Za-z0-9_-]{30,}$ ]] || fail "no key on standard output: ${#key} characters"
note "a key of ${#key} characters"

step '命令二 · second command: up -d'
start=$(date +%s%N)
compose up -d --no-build clipcheck >"$work/up.log" 2>&1 || {
    cat "$work/up.log"
    fail 'up -d'
}
container=clipcheck_clipcheck_1
is_healthy() {
    if [[ $has_healthcheck ]]; then
        podman exec "$container" /usr/bin/clipcheck healthcheck >"$work/health.log" 2>&1
    else
        curl -fsS "$address/readyz" >"$work/health.log" 2>&1
    fi
}
for ((attempt = 0; ; attempt++)); do
    is_healthy && break
    ((attempt < 100)) || fail "not healthy: $(cat "$work/health.log")"
    sleep 0.2
done
note "ready after $((($(date +%s%N) - start) / 1000000)) ms${has_healthcheck:+, by clipcheck healthcheck}"
if [[ $has_healthcheck ]]; then
    podman healthcheck run "$container" >/dev/null || fail "the container's health check"
    note 'health check of compose.yaml: healthy'
    inside /usr/bin/clipcheck healthcheck 2>"$work/health.log" && fail 'healthcheck is content without a service'
    note "without a service: $(cat "$work/health.log")"
fi

step '命令三 · third command: a report'
answer=$(curl -sS -w '\n%{http_code}' -H "Authorization: Bearer $key" -F contest=demo -F title=试用 -F media=@TestMedia/short.mp4 "$address/v1/entries")
expect "${answer##*$'\n'}" 201 'status of the entry'
contains "$answer" '"standing":"accepted"' 'the entry'
contains "$answer" '"isolation":"full"' 'limits in the report'
note '201, accepted; the report says isolation: full'
expect "$(curl -sS -o /dev/null -w '%{http_code}' "$address/v1/entries")" 401 'status without a key'
note '401 without the key'

# ---- 5. What the container may do --------------------------------------------------------------------------------------

step '容器的权限 · what the container may do'
contains "$(podman logs "$container" 2>&1)" 'isolation: full' 'log'
note "log: $(podman logs "$container" 2>&1 | grep -m 1 -o 'isolation: .*')"
state=$(podman exec "$container" sh -c 'cat /proc/1/status')
field() { awk -v name="$1:" '$1 == name { print $2 }' <<<"$state"; }
expect "$(field Uid)" 10001 uid
for set in CapInh CapPrm CapEff CapBnd CapAmb; do expect "$(field $set)" 0000000000000000 "$set"; done
expect "$(field NoNewPrivs)" 1 NoNewPrivs
expect "$(field Seccomp)" 2 Seccomp
note 'uid 10001; no capability in any set; no new privileges; seccomp filter on'
for place in / /etc /usr/bin /var /home; do
    podman exec "$container" sh -c "touch $place/x" 2>/dev/null && fail "$place can be written"
done
podman exec "$container" sh -c 'touch /var/lib/clipcheck/x && rm /var/lib/clipcheck/x && touch /tmp/x && rm /tmp/x' || fail 'data folder or /tmp cannot be written'
podman exec "$container" sh -c 'cp /usr/bin/clipcheck /tmp/y 2>/dev/null; chmod +x /tmp/y && /tmp/y --version' >/dev/null 2>&1 && fail '/tmp is executable'
podman exec "$container" rm -f /tmp/y
note 'root file system read-only; only /var/lib/clipcheck and /tmp (not executable) can be written'
expect "$(podman inspect -f '{{.HostConfig.Memory}} {{.HostConfig.PidsLimit}}' "$container")" "$((2 << 30)) 512" 'limits of memory and processes'
note "limits: memory 2 GiB, 512 processes; used now: $(podman exec "$container" sh -c "awk '/VmRSS/ { print int(\$2 / 1024) }' /proc/1/status") MiB resident"

# ---- 6. With the proxy --------------------------------------------------------------------------------------------------

step 'HTTPS 反向代理 · profile tls'
export CLIPCHECK_PUBLIC_URL=https://localhost CLIPCHECK_TLS=internal
# Compose waits for the health of the service. Where systemd does not run, podman checks it only when told to.
(while sleep 2; do podman healthcheck run "$container" || true; done) >"$work/health.log" 2>&1 &
checking=$!
compose --profile tls up -d --no-build >"$work/tls.log" 2>&1 || {
    kill "$checking"
    cat "$work/tls.log"
    fail 'up with the profile tls'
}
kill "$checking"
for ((attempt = 0; ; attempt++)); do
    curl -fksS "$secure/readyz" >"$work/tls.answer" 2>&1 && break
    ((attempt < 150)) || {
        podman logs clipcheck_proxy_1 2>&1 | tail -n 20
        fail "no answer over TLS: $(cat "$work/tls.answer")"
    }
    sleep 0.2
done
call() { curl -ksS -H "Authorization: Bearer $key" -H 'Tus-Resumable: 1.0.0' "$@"; }
expect "$(call -o /dev/null -w '%{http_code}' -H 'Host: other.example.cn' "$address/v1/contests")" 421 'status of a foreign Host'
contains "$(call -D - -o /dev/null "$secure/v1/contests")" 'strict-transport-security' 'headers'
name=$(printf demo | base64)
head=$(call -D - -o /dev/null -X POST -H "Upload-Length: $bytes" -H "Upload-Metadata: contest $name,filename $(printf big.mp4 | base64)" "$secure/v1/uploads")
contains "$head" ' 201' 'creation of an upload'
location=$(awk 'tolower($1) == "location:" { print $2 }' <<<"$head" | tr -d '\r')
contains "$location" 'https://localhost' 'Location of the upload'
note "tus: 201, Location ${location%/*}/…"
truncate -s "$bytes" "$work/big.mp4"
path=${location#https://localhost}
path=/${path#*/}
# The first half, then a break, then the rest from the offset that the service names.
half=$((bytes / 2))
start=$(date +%s)
head -c "$half" "$work/big.mp4" | call -o /dev/null -w '%{http_code}' -X PATCH -H 'Content-Type: application/offset+octet-stream' -H 'Upload-Offset: 0' \
    -H 'Expect:' -T - "$secure$path" >"$work/patch" || fail "first half: $(cat "$work/patch")"
expect "$(cat "$work/patch")" 204 'status of the first half'
offset=$(call -I "$secure$path" | awk 'tolower($1) == "upload-offset:" { print $2 }' | tr -d '\r')
expect "$offset" "$half" 'offset after the first half'
tail -c "+$((half + 1))" "$work/big.mp4" | call -D "$work/head" -o "$work/entry" -X PATCH -H 'Content-Type: application/offset+octet-stream' \
    -H "Upload-Offset: $offset" -H 'Expect:' -T - "$secure$path" || fail 'second half'
seconds=$(($(date +%s) - start))
grep -q '^HTTP/[0-9.]* 20[0-9]' "$work/head" || fail "second half: $(cat "$work/head" "$work/entry")"
peak() { awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$(podman inspect -f '{{.State.Pid}}' "$1")/status"; }
note "upload of $((bytes >> 20)) MiB in two pieces: ${seconds} s; peak of the proxy $(peak clipcheck_proxy_1) MiB, of the service $(peak "$container") MiB"
(($(peak clipcheck_proxy_1) < 200)) || fail 'the proxy keeps bodies in memory'
entry=$(call -F contest=demo -F title=试用 -F media=@TestMedia/short.mp4 -w '\n%{http_code}' "$secure/v1/entries")
expect "${entry##*$'\n'}" 201 'status of a form through the proxy'
note 'a form through the proxy: 201'

# ---- 7. The end -----------------------------------------------------------------------------------------------------------

step '停止和重启 · stop and start again'
start=$(date +%s%N)
compose --profile tls stop >"$work/stop.log" 2>&1 || fail "stop: $(cat "$work/stop.log")"
note "stopped after $((($(date +%s%N) - start) / 1000000)) ms"
expect "$(podman inspect -f '{{.State.ExitCode}}' "$container")" 0 'exit code of the service'
compose up -d --no-build clipcheck >"$work/up.log" 2>&1 || fail 'up again'
for ((attempt = 0; ; attempt++)); do
    is_healthy && break
    ((attempt < 100)) || fail 'not healthy after the restart'
    sleep 0.2
done
count=$(call "$address/v1/entries" | grep -o '"standing"' | wc -l)
((count >= 2)) || fail "$count entries after the restart"
note "exit code 0; $count entries after the restart"
podman exec "$container" /usr/bin/clipcheck db check >"$work/out" 2>&1 || fail "db check: $(cat "$work/out")"
note "db check: $(tail -n 1 "$work/out")"

printf '\n==> 全部通过 · all passed\n'
