#!/bin/sh
# Usage: scripts/check-ffmpeg.sh [RELEASE…]
#
# Type-checks MediaProbe, warnings as errors, against the FFmpeg headers of newer Debian releases (default: trixie, sid).
# apt-get downloads the header packages with a configuration and a state folder of their own into .build-ffmpeg-check/, and
# dpkg unpacks them there: nothing is installed, and the machine's own package lists stay as they are.
#
# Exit code 1: a type check failed. Exit code 0: every type check that could run passed; a release whose packages cannot be
# had is named, with the reason, and counts as not checked.
set -eu
[ $# -gt 0 ] || set -- trixie sid
folder=$PWD/.build-ffmpeg-check
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
packages='libavcodec-dev libavformat-dev libavutil-dev libswscale-dev libswresample-dev'
# The targets that MediaProbe imports, and the settings that Package.swift gives to every target.
imports='BlockingLanes MediaFacts'
settings='-swift-version 6 -warnings-as-errors -package-name clipcheck -enable-upcoming-feature InternalImportsByDefault
    -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature ExistentialAny'

skip() {
    printf '未检查 · not checked: %s\n' "$1"
    exit 0
}

# 1. The Debian mirror that this machine's own apt sources name.
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    skip '这里没有 apt-get 或 dpkg-deb · there is no apt-get or no dpkg-deb here'
[ -r "$keyring" ] || skip "缺少 Debian 的签名公钥（软件包 debian-archive-keyring）· Debian's keys are missing: $keyring"
# shellcheck disable=SC2016  # apt-get's own $()
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -m 1 '/debian/*$') ||
    skip '本机的软件源里没有 Debian 镜像 · the apt sources of this machine name no Debian mirror'

# download RELEASE: unpacks the release's headers into its folder; the reason of a failure stands in the file `log`.
download() {
    place=$folder/$1
    rm -rf "$place"
    mkdir -p "$place/lists/partial" "$place/cache/archives/partial" "$place/root"
    echo "deb [signed-by=$keyring] $mirror $1 main" >"$place/sources.list"
    # apt-get reads this file after the machine's configuration, whose proxies hold and whose hooks must not run.
    cat >"$place/apt.conf" <<CONF
Dir::Etc::SourceList "$place/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::State "$place";
Dir::State::status "/dev/null";
Dir::Cache "$place/cache";
APT::Sandbox::User "root";
APT::Default-Release "";
Acquire::Languages "none";
Acquire::http::Timeout "30";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
CONF
    # shellcheck disable=SC2086  # a list of names
    (
        cd "$place/root"
        apt-get -c "$place/apt.conf" update -q --error-on=any &&
            apt-get -c "$place/apt.conf" download -q $packages &&
            for package in *.deb; do dpkg-deb -x "$package" . || exit 1; done
    ) >"$place/log" 2>&1
}

# check RELEASE: type-checks MediaProbe against the unpacked headers; the compiler's messages go to the file `log`.
check() {
    include=$(dirname "$(echo "$folder/$1"/root/usr/include/*/libavformat)")
    # shellcheck disable=SC2046,SC2086  # lists of words; no file name under Sources holds a space
    swiftc -typecheck $settings -module-name MediaProbe -I "$folder/modules" -module-cache-path "$folder/$1/modules" \
        -Xcc -fmodule-map-file=Sources/CFFmpeg/module.modulemap \
        -Xcc -fmodule-map-file=Sources/CEBUR128/module.modulemap -Xcc -I"$include" \
        $(find Sources/MediaProbe -name '*.swift') >"$folder/$1/log" 2>&1
}

# 2. The modules that MediaProbe imports: no FFmpeg in them, so one build serves every release.
mkdir -p "$folder/modules"
for module in $imports; do
    # shellcheck disable=SC2046,SC2086
    swiftc -emit-module $settings -module-name "$module" -I "$folder/modules" -o "$folder/modules/$module.swiftmodule" \
        $(find "Sources/$module" -name '*.swift')
done

# 3. One release after another.
failed=
for release; do
    if ! download "$release"; then
        printf '%s: 取不到软件包，未检查 · its packages cannot be had, not checked:\n' "$release"
        grep '^E: ' "$folder/$release/log" || tail -n 3 "$folder/$release/log"
        continue
    fi
    version=$(dpkg-deb -f "$folder/$release/root"/libavformat-dev_*.deb Version)
    version=${version#*:}
    if check "$release"; then
        printf '%s: FFmpeg %s: ok\n' "$release" "${version%%-*}"
    else
        failed="$failed $release"
        printf '%s: FFmpeg %s: 类型检查失败 · the type check failed:\n' "$release" "${version%%-*}"
        grep -E ': (error|warning): ' "$folder/$release/log" || cat "$folder/$release/log"
    fi
done
[ -z "$failed" ] || exit 1
