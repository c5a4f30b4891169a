#!/bin/sh
# Usage: scripts/strip.sh BINARY FOLDER
#
# Writes FOLDER/NAME, the binary without symbols, and FOLDER/NAME.debug, its symbols. The binary names the symbols' file, so
# that gdb and lldb find it beside the binary or in /usr/lib/debug.
set -eu
binary=$1
folder=$2
name=$(basename "$binary")

mkdir -p "$folder"
objcopy --only-keep-debug --compress-debug-sections "$binary" "$folder/$name.debug"
objcopy --strip-all "$binary" "$folder/$name"
(cd "$folder" && objcopy --add-gnu-debuglink="$name.debug" "$name")
chmod 0755 "$folder/$name"
chmod 0644 "$folder/$name.debug"
