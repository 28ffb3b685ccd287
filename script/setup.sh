# What the scripts share: the project's folder, its virtual environment, and its secret key. Sourced, never run.
# shellcheck shell=bash
set -euo pipefail
unset CDPATH
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DJANGO_SETTINGS_MODULE=config.settings
python=.venv/bin/python

die() {
    echo "$*" >&2
    exit 1
}

is_recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

make_venv() {
    is_recent "$python" && return
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_recent "$name"; then
            "$name" -m venv --clear .venv ||
                die "Python could not make .venv: on Debian and Ubuntu, install the package python3-venv."
            return
        fi
    done
    die "The site needs Python 3.11 or newer, and there is none on the PATH: install it and try again."
}

# Installs a file of requirements, unless .venv holds a copy of this very file from the last time. The files name every
# package, so pip has nothing to resolve: older versions of it, asked for `coverage[toml]`, would take the newest instead
# of the one pinned, and stop. Nor has it to compile all of them: Python does so with what it imports.
install() {
    local requirements=$1 installed=.venv/installed-$1
    cmp -s "$requirements" "$installed" && return
    echo "Installing $requirements"
    "$python" -m pip install --quiet --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes \
        -r "$requirements" ||
        die "The packages of $requirements could not be installed: is there a network that reaches PyPI?"
    cp "$requirements" "$installed"
}

make_secret_key() {
    mkdir -p var
    [ -s var/secret_key ] && return
    (umask 077 && "$python" -c 'import secrets; print(secrets.token_urlsafe(50))' >var/secret_key.new)
    mv var/secret_key.new var/secret_key
}

make_venv
make_secret_key
