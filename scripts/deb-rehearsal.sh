#!/usr/bin/env bash
# Usage: scripts/deb-rehearsal.sh CLIPCHECK MANUAL COMPLETIONS
#
# Builds the Debian package in two versions and installs, upgrades, removes and purges it in a fresh Debian 12 (debootstrap).
# Each step is asserted; the first that fails ends the script with 1. Must be root.
#
# CLIPCHECK_REHEARSAL_BASE names a folder that debootstrap made before; it is copied instead of made anew.
set -euo pipefail
binary=$(realpath "$1")
manual=$(realpath "$2")
completions=$(realpath "$3")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

[[ $(id -u) -eq 0 ]] || {
    echo "请以 root 运行（chroot 需要）· Run this as root, which chroot needs" >&2
    exit 1
}
work=$(mktemp -d "${TMPDIR:-/var/tmp}/clipcheck-deb.XXXXXX")
root=$work/root

step() {
    current=$1
    printf '\n==> %s\n' "$1"
}
note() { printf '    %s\n' "$*"; }
fail() {
    printf '==> 失败 · FAILED: %s: %s\n' "$current" "$1" >&2
    [[ ! -s $work/log ]] || tail -n 15 "$work/log" >&2
    exit 1
}
clean_up() {
    local status=$?
    trap - EXIT
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

inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
# as_user COMMAND…: as the package's user, with the service's data folder.
as_user() { inside runuser -u clipcheck -- env CLIPCHECK_DATA=/var/lib/clipcheck "$@"; }
# quietly COMMAND…: keeps the output for the case of a failure.
quietly() { "$@" >"$work/log" 2>&1 || fail "$*"; }
has() { [[ -e $root$1 || -L $root$1 ]] || fail "$1 is missing"; }
has_no() { [[ ! -e $root$1 && ! -L $root$1 ]] || fail "$1 is still there"; }
# traces: paths with the package's name, without package lists and caches.
traces() { (cd "$root" && find . -xdev \( -path ./proc -o -path ./tmp -o -path ./packages -o -path ./var/cache -o -path ./var/log \) -prune -o -name '*clipcheck*' -print | sort | tr '\n' ' '); }

step '打包 · make the packages'
release=$("$binary" --version | sed -n '1s/^[^0-9]*\([0-9][0-9.]*[0-9]\).*/\1/p')
quietly scripts/deb.sh "$binary" "$manual" "$completions" "$work/first"
quietly scripts/deb.sh "$binary" "$manual" "$completions" "$work/second" 999.0
first=$(echo "$work"/first/clipcheck_*.deb)
second=$(echo "$work"/second/clipcheck_*.deb)
note "$(basename "$first"): $(($(stat -c %s "$first") / 1000000)) MB, installed $(($(dpkg-deb -f "$first" Installed-Size) / 1000)) MB"
note "$(basename "$work"/first/clipcheck-dbgsym_*.deb): $(($(stat -c %s "$work"/first/clipcheck-dbgsym_*.deb) / 1000000)) MB"
note "Depends: $(dpkg-deb -f "$first" Depends)"
if command -v lintian >/dev/null; then
    # The binary is linked statically with Swift's libraries, and the package has no Debian changelog: both on purpose.
    lintian --no-tag-display-limit --fail-on error --suppress-tags \
        embedded-library,no-changelog,wrong-name-for-upstream-changelog,changelog-file-missing-in-native-package,custom-library-search-path,bogus-mail-host,package-installs-into-obsolete-dir \
        "$first" "$work"/first/clipcheck-dbgsym_*.deb >"$work/lintian" 2>&1 || {
        cat "$work/lintian"
        fail lintian
    }
    note "lintian: no error, $(grep -c '^W:' "$work/lintian" || true) warnings"
    sed 's/^/      /' "$work/lintian"
fi

step 'Debian 12'
if [[ -n ${CLIPCHECK_REHEARSAL_BASE:-} ]]; then
    cp -a "$CLIPCHECK_REHEARSAL_BASE" "$root"
else
    # shellcheck disable=SC2016  # apt-get's own $()
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -m 1 '/debian/*$') ||
        fail 'the apt sources of this machine name no Debian mirror'
    quietly debootstrap --variant=minbase bookworm "$root" "$mirror"
fi
mount -t proc proc "$root/proc"
cp /etc/resolv.conf "$root/etc/resolv.conf"
mkdir "$root/packages"
cp "$work"/first/*.deb "$work"/second/*.deb TestMedia/short.mp4 "$root/packages/"
quietly inside apt-get update -q

step '安装 · install'
quietly inside apt-get install -q -y --no-install-recommends "/packages/$(basename "$first")"
[[ $(inside clipcheck --version) == *"$release"* ]] || fail 'clipcheck --version'
inside ldd /usr/bin/clipcheck | grep 'not found' && fail 'a shared library is missing'
[[ $(inside stat -c '%U:%G %a' /var/lib/clipcheck) == 'clipcheck:clipcheck 700' ]] || fail 'rights of the data folder'
[[ $(inside stat -c '%U:%G %a' /usr/bin/clipcheck) == 'root:root 755' ]] || fail 'rights of the binary'
[[ $(inside getent passwd clipcheck) == *:/usr/sbin/nologin ]] || fail 'shell of the user'
has /etc/systemd/system/multi-user.target.wants/clipcheck.service
has /usr/share/man/man1/clipcheck.1.gz
inside bash -n /usr/share/bash-completion/completions/clipcheck || fail 'completion for bash'
as_user clipcheck check /packages/short.mp4 --contest demo --lang en >"$work/log" || fail 'check of short.mp4'
note "$(inside clipcheck --version | head -n 1); short.mp4: exit code 0"
inside sh -c 'echo CLIPCHECK_JOBS=3 >>/etc/clipcheck/clipcheck.env'
as_user clipcheck keys create 管理员 --scope admin >"$work/key" 2>/dev/null || fail 'keys create'
as_user clipcheck check /packages/short.mp4 --contest demo --store >"$work/log" 2>&1 || fail 'check --store'

step '符号包 · symbols'
quietly inside dpkg -i "/packages/$(basename "$work"/first/clipcheck-dbgsym_*.deb)"
has /usr/lib/debug/usr/bin/clipcheck.debug
quietly inside dpkg -r clipcheck-dbgsym

step '升级 · upgrade'
quietly inside apt-get install -q -y --no-install-recommends "/packages/$(basename "$second")"
# shellcheck disable=SC2016  # dpkg-query's own ${}
[[ $(inside dpkg-query -W -f '${Version}' clipcheck) == 999.0 ]] || fail version
inside grep -qx CLIPCHECK_JOBS=3 /etc/clipcheck/clipcheck.env || fail 'the settings were overwritten'
[[ $(as_user clipcheck keys list) == *管理员* ]] || fail 'the key is lost'
as_user clipcheck db check >"$work/log" 2>&1 || fail 'db check'
has /etc/systemd/system/multi-user.target.wants/clipcheck.service
note '999.0; settings, key and entry kept; db check: 0'

step '卸载 · remove'
quietly inside apt-get remove -q -y clipcheck
has_no /usr/bin/clipcheck
has_no /lib/systemd/system/clipcheck.service
has /etc/clipcheck/clipcheck.env
has /var/lib/clipcheck/clipcheck.sqlite
note 'program gone; settings and data stay'

step '清除 · purge'
quietly inside apt-get purge -q -y clipcheck
grep -q 'The data stays in /var/lib/clipcheck' "$work/log" || fail 'it does not say that the data stays'
has_no /etc/clipcheck
has_no /etc/systemd/system/multi-user.target.wants/clipcheck.service
has /var/lib/clipcheck/clipcheck.sqlite
note "left: $(traces)"

step '连同数据清除 · purge with the data'
quietly inside apt-get install -q -y --no-install-recommends "/packages/$(basename "$second")"
[[ $(as_user clipcheck keys list) == *管理员* ]] || fail 'the key is lost after the reinstallation'
quietly inside env CLIPCHECK_PURGE_DATA=yes apt-get purge -q -y clipcheck
[[ -z $(traces) ]] || fail "left: $(traces)"
inside getent passwd clipcheck && fail 'the user is still there'
note 'nothing is left'

step 'systemd: verify'
quietly inside apt-get install -q -y --no-install-recommends systemd-sysv dbus curl "/packages/$(basename "$first")"
verdict=$(inside systemd-analyze verify --man=no /lib/systemd/system/clipcheck.service 2>&1) || fail "verify: $verdict"
[[ -z $verdict ]] || fail "verify: $verdict"
note 'systemd-analyze verify: no complaint'
note "systemd-analyze security: $(inside systemd-analyze security --offline=true /lib/systemd/system/clipcheck.service 2>&1 | grep -o 'Overall.*[0-9] [A-Z]*')"

step 'systemd: boot'
# The machine boots, and this script asks its service, stops it and powers off.
cat >"$root/packages/try" <<'TRY'
#!/bin/sh
exec >/packages/result 2>/packages/errors
for attempt in $(seq 300); do
    curl -fsS http://127.0.0.1:8080/readyz && break
    sleep 0.2
done
echo
curl -sS -F contest=demo -F title=试用 -F media=@/packages/short.mp4 http://127.0.0.1:8080/v1/entries
echo
grep -E '^(Uid|Cap|NoNewPrivs|Seccomp:)' "/proc/$(systemctl show -p MainPID --value clipcheck)/status"
systemctl stop clipcheck
systemctl show -p Result,ExecMainStatus,NRestarts clipcheck
journalctl -u clipcheck --no-pager -o cat
systemctl poweroff -f -f
TRY
chmod +x "$root/packages/try"
printf '[Unit]\nAfter=clipcheck.service\n[Service]\nExecStart=/packages/try\n[Install]\nWantedBy=multi-user.target\n' >"$root/etc/systemd/system/try.service"
quietly inside systemctl enable try.service
umount "$root/proc"
# systemd-nspawn's own filter refuses Landlock and mlock(2), which a machine of its own allows.
timeout 180 systemd-nspawn --quiet -D "$root" --boot --register=no --keep-unit --private-network --console=pipe \
    --system-call-filter='@memlock landlock_create_ruleset landlock_add_rule landlock_restrict_self' >"$work/log" 2>&1 || true
result=$(cat "$root/packages/result" 2>/dev/null) || fail 'the machine did not boot'
errors=$(cat "$root/packages/errors")
for part in '{"status":"ready"}' '"standing":"accepted"' '"isolation":"full"' 'isolation: full' Result=success ExecMainStatus=0 NRestarts=0 \
    'shutdown' $'CapBnd:\t0000000000000000' $'NoNewPrivs:\t1' $'Seccomp:\t2'; do
    [[ $result == *"$part"* ]] || fail "no $part in: $result $errors"
done
[[ $result != *'thread priority'* ]] || fail 'the journal holds lines about thread priorities'
note "ready under systemd; $(grep -m 1 -o 'isolation: .*' <<<"$result"); stopped with 0; uid $(awk '/^Uid/ { print $2 }' <<<"$result"), no capability"

printf '\n==> 全部通过 · all passed\n'
