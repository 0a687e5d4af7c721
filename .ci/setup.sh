#!/usr/bin/env bash
# Prepares a Debian machine for a build: installs the system libraries that are missing, checks
# the Swift toolchain. Does nothing, quickly, where all is there.
# usage: setup.sh [gate]; 'gate' also installs what counts instructions.
set -euo pipefail

readonly minimum_swift=6.3

# Each library and why the build needs it.
libraries=(
    "libsqlite3-dev:the book is an SQLite file"
    "libxml2-dev:bills and declarations are read as XML"
    "libssl-dev:hashes and signatures come from libcrypto"
    "libzip-dev:bills come in zip archives and workbooks"
    "zlib1g-dev:bills come packed by gzip"
    "libzstd1:documents are kept packed in the book"
)
if [[ "${1:-}" == gate ]]; then
    libraries+=("valgrind:it counts instructions, the same on a busy machine")
fi
readonly libraries

say() { printf 'setup: %s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

is_installed() {
    [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

as_root() {
    if [[ "$(id -u)" == 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "no root rights and no sudo: ask an administrator to run: $*"
    fi
}

install_libraries() {
    if ! command -v dpkg-query >/dev/null; then
        say "no dpkg here: the headers of these must be there already"
        return
    fi
    local missing=() entry name
    for entry in "${libraries[@]}"; do
        name="${entry%%:*}"
        if ! is_installed "$name"; then
            say "installing $name: ${entry#*:}"
            missing+=("$name")
        fi
    done
    ((${#missing[@]})) || return 0
    as_root apt-get -o DPkg::Lock::Timeout=300 update --quiet
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install \
        --yes --quiet --no-install-recommends "${missing[@]}"
}

check_swift() {
    local where="get it from https://www.swift.org/install/linux/ and put 'swift' on the PATH"
    command -v swift >/dev/null || fail "no Swift toolchain: $where"
    local version
    version="$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1)"
    [[ -n "$version" ]] || fail "'swift --version' names no version: $where"
    if [[ "$(printf '%s\n' "$minimum_swift" "$version" | sort --version-sort | head -n 1)" \
        != "$minimum_swift" ]]; then
        fail "Swift $version is too old, $minimum_swift or later is needed: $where"
    fi
}

install_libraries
check_swift
