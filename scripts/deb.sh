#!/bin/sh
# Usage: scripts/deb.sh CLIPCHECK MANUAL COMPLETIONS FOLDER [VERSION]
#
# Writes FOLDER/clipcheck_VERSION_ARCH.deb and FOLDER/clipcheck-dbgsym_VERSION_ARCH.deb (the symbols). CLIPCHECK is a
# release binary, MANUAL the folder of clipcheck.1, COMPLETIONS that of the completion scripts. Without VERSION it is the
# release that the binary names. Prints the names of the packages.
set -eu
binary=$1
manual=$2
completions=$3
folder=$4
cd "$(dirname "$0")/.."
version=${5:-$("$binary" --version | sed -n '1s/^[^0-9]*\([0-9][0-9.]*[0-9]\).*/\1/p')}
[ -n "$version" ] || {
    echo "看不出版本号 · $binary --version names no version" >&2
    exit 1
}
architecture=$(dpkg --print-architecture)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
root=$scratch/clipcheck
symbols=$scratch/clipcheck-dbgsym

# 1. Files. Debian's places; everything belongs to root.
scripts/strip.sh "$binary" "$scratch/stripped"
install -D -m 0755 "$scratch/stripped/clipcheck" "$root/usr/bin/clipcheck"
install -D -m 0644 "$scratch/stripped/clipcheck.debug" "$symbols/usr/lib/debug/usr/bin/clipcheck.debug"
install -D -m 0644 packaging/clipcheck.service "$root/lib/systemd/system/clipcheck.service"
install -D -m 0644 packaging/clipcheck.env "$root/etc/clipcheck/clipcheck.env"
install -D -m 0644 "$manual/clipcheck.1" "$root/usr/share/man/man1/clipcheck.1"
install -D -m 0644 "$completions/clipcheck" "$root/usr/share/bash-completion/completions/clipcheck"
install -D -m 0644 "$completions/_clipcheck" "$root/usr/share/zsh/vendor-completions/_clipcheck"
install -D -m 0644 "$completions/clipcheck.fish" "$root/usr/share/fish/vendor_completions.d/clipcheck.fish"
for document in README.md SECURITY.md docs/OPERATIONS.md docs/RELIABILITY.md docs/BATCH.md docs/CONTENT.md; do
    install -D -m 0644 "$document" "$root/usr/share/doc/clipcheck/$(basename "$document")"
done
install -m 0644 CHANGELOG.md "$root/usr/share/doc/clipcheck/changelog"
install -m 0644 packaging/copyright "$root/usr/share/doc/clipcheck/copyright"
install -D -m 0644 packaging/copyright "$symbols/usr/share/doc/clipcheck-dbgsym/copyright"
gzip -9n "$root/usr/share/man/man1/clipcheck.1" "$root/usr/share/doc/clipcheck/changelog"

# 2. Which packages hold the shared libraries that the binary names.
mkdir -p "$scratch/debian" "$root/DEBIAN" "$symbols/DEBIAN"
printf 'Source: clipcheck\n\nPackage: clipcheck\nArchitecture: any\n' >"$scratch/debian/control"
libraries=$(cd "$scratch" && dpkg-shlibdeps -O clipcheck/usr/bin/clipcheck | sed -n 's/^shlibs:Depends=//p')

# 3. Control files.
size() { du -k -s --apparent-size "$1" | cut -f 1; }
common="Version: $version
Architecture: $architecture
Maintainer: clipcheck maintainers <maintainers@clipcheck.invalid>"
cat >"$root/DEBIAN/control" <<CONTROL
Package: clipcheck
$common
Installed-Size: $(size "$root")
Depends: $libraries, adduser
Recommends: bash-completion, ca-certificates
Section: video
Priority: optional
Description: checks whether videos meet the rules of a micro-video contest
 The command checks files and folders, and says why a video is refused in the
 words of the organiser's notice. The service takes entries over HTTP, with
 resumable uploads, and keeps them with their reports.
 .
 Every file is read in a process of its own, locked down with Landlock and
 seccomp. The service runs as the user clipcheck under systemd.
CONTROL
cat >"$symbols/DEBIAN/control" <<CONTROL
Package: clipcheck-dbgsym
$common
Installed-Size: $(size "$symbols")
Depends: clipcheck (= $version)
Section: debug
Priority: optional
Description: symbols of clipcheck, for gdb, lldb and perf
 The binary of the package clipcheck has none.
CONTROL
echo /etc/clipcheck/clipcheck.env >"$root/DEBIAN/conffiles"
for script in postinst prerm postrm; do install -m 0755 "packaging/$script" "$root/DEBIAN/$script"; done
for place in "$root" "$symbols"; do
    (cd "$place" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
done

# 4. Packages.
mkdir -p "$folder"
for place in "$root" "$symbols"; do
    package=$folder/$(basename "$place")_${version}_$architecture.deb
    # The sections with the symbols are compressed already.
    [ "$place" = "$symbols" ] && compression=gzip || compression=xz
    dpkg-deb --root-owner-group "-Z$compression" --build "$place" "$package" >/dev/null
    echo "$package"
done
