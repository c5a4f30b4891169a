#!/bin/sh
# Usage: scripts/setup.sh swift|build|test|bench|package|rehearsal
#
# Makes sure that Swift and the system packages for that purpose are there. Each of the first four purposes includes those
# before it; `package` includes `build`, and `rehearsal` includes `package`.
# With apt-get it installs what is missing; on another system it says what to install. It stops before changing anything
# when Swift is missing or too old, or when it may not install.
set -eu
purpose=$1

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

# 1. Swift: 6.2 is the oldest that reads Package.swift, 6.3 the one we recommend.
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
[ -n "$version" ] || version='0 0'
if [ "${version% *}" -lt 6 ] || { [ "${version% *}" -eq 6 ] && [ "${version#* }" -lt 2 ]; }; then
    [ "$version" = '0 0' ] && found=none || found=${version% *}.${version#* }
    stop "需要 Swift 6.3（现有：$found）。什么都没有安装。" \
        "安装方法见 https://www.swift.org/install/ ，或用 swiftly：swiftly install 6.3；装好后重新运行。" \
        "Swift 6.3 is needed (found: $found). Nothing was installed." \
        "See https://www.swift.org/install/, or use swiftly: swiftly install 6.3; then run this again."
fi
[ "$purpose" != swift ] || exit 0

# 2. What the purpose needs: packages by system, and how to tell that they are there.
debian='libavformat-dev libavcodec-dev libavutil-dev libswscale-dev libebur128-dev libsqlite3-dev'
debian="$debian zlib1g-dev libxlsxwriter-dev libminizip-dev libexpat1-dev pkg-config git ca-certificates"
fedora='libavformat-free-devel libavcodec-free-devel libavutil-free-devel libswscale-free-devel'
fedora="$fedora libebur128-devel sqlite-devel zlib-devel libxlsxwriter-devel minizip-compat-devel expat-devel pkgconf-pkg-config git"
homebrew='ffmpeg libebur128 sqlite libxlsxwriter minizip expat pkgconf'
commands='pkg-config git'
case $purpose in
build) ;;
test | bench)
    debian="$debian ffmpeg mediainfo libimage-exiftool-perl curl python3-venv strace gcc libc6-dev shellcheck"
    fedora="$fedora ffmpeg-free mediainfo perl-Image-ExifTool curl python3 strace ShellCheck"
    homebrew="$homebrew media-info exiftool curl python3 shellcheck"
    commands="$commands ffmpeg ffprobe mediainfo exiftool curl python3 gcc shellcheck"
    ;;
package | rehearsal)
    command -v apt-get >/dev/null || stop 'deb 包只能在 Debian 及其衍生系统上制作。A Debian package is made on Debian or a relative only.'
    debian="$debian binutils dpkg-dev perl"
    commands="$commands objcopy dpkg-shlibdeps perl"
    ;;
*) stop 'Usage: scripts/setup.sh swift|build|test|bench|package|rehearsal' ;;
esac
if [ "$purpose" = rehearsal ]; then
    debian="$debian debootstrap curl lintian podman runc netavark aardvark-dns iptables docker-compose systemd-container"
    commands="$commands debootstrap curl podman runc docker-compose systemd-nspawn"
fi
# Where these are missing, the benchmarks leave out what needs them.
[ "$purpose" != bench ] || debian="$debian wrk libssl-dev"

# 3. Debian and its relatives: install what is missing, all at once.
if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    # The C++ library that Swift links with has its version in its package's name; g++ brings the right one.
    ls /usr/lib/gcc/*/*/libstdc++.so >/dev/null 2>&1 || debian="$debian g++"
    # shellcheck disable=SC2086,SC2016  # a list of names; dpkg-query's own ${}
    present=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $debian 2>/dev/null || true)
    missing=
    for package in $debian; do
        echo "$present" | grep -qxF "installed $package" || missing="$missing $package"
    done
    if [ -n "$missing" ]; then
        install="apt-get update && apt-get install -y --no-install-recommends$missing"
        if [ "$(id -u)" -eq 0 ]; then
            as_root=
        elif command -v sudo >/dev/null; then
            as_root=sudo
        else
            stop "缺少系统软件包，而这里不是 root，也没有 sudo。什么都没有安装；请以 root 运行下面的命令，再重试。" \
                "System packages are missing, and this is neither root nor is there sudo. Nothing was installed." \
                "Run this as root, then try again:" "  $install"
        fi
        echo "安装系统软件包 · Installing system packages:$missing" >&2
        # shellcheck disable=SC2086  # lists of words
        { $as_root apt-get update -q &&
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing; } \
            </dev/null >&2 ||
            stop "系统软件包没有装上，原因见上。也可以以 root 运行下面的命令，再重试。" \
                "The system packages could not be installed, see above. Or run this as root and try again:" "  $install"
    fi
fi

# 4. Every system: what the build looks for is there. FFmpeg 5.1 is libavformat 59.27.
lacking=
for name in $commands; do
    command -v "$name" >/dev/null || lacking="$lacking $name"
done
for library in 'libavformat >= 59.27' libavcodec libavutil libswscale libebur128 sqlite3 xlsxwriter minizip expat; do
    pkg-config --exists "$library" 2>/dev/null || lacking="$lacking ${library%% *}"
done
[ -z "$lacking" ] ||
    stop "缺少：${lacking# }。请安装下列软件包（FFmpeg 5.1 或更高版本），再重试。" \
        "Missing: ${lacking# }. Install these (FFmpeg 5.1 or newer), then try again:" \
        "  Debian 12, Ubuntu 24.04:  apt-get install $debian" \
        "  Fedora:                   dnf install $fedora" \
        "  macOS (Homebrew):         brew install $homebrew"
