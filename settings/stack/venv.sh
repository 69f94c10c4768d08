#!/bin/sh
# Makes .venv and installs a requirements file in it; does nothing when neither has changed.
#     sh settings/stack/venv.sh requirements-dev.txt
# Programs are run as `.venv/bin/python -m ...` throughout: the first line of an installed script
# names the interpreter's whole path, and the system cuts it off after 127 characters.

set -eu
requirements=$1
python=.venv/bin/python
stamp=.venv/.installed-$requirements

fits() {
    "$python" -c 'import sys; sys.exit(not (3, 13) <= sys.version_info[:2] < (3, 15))' 2>/dev/null
}

if ! fits; then
    found=$(sh settings/stack/find-python.sh)
    echo "Making .venv with $found ..."
    rm -rf .venv
    if ! "$found" -m venv .venv; then
        rm -rf .venv
        echo "$found cannot make environments. On Debian and Ubuntu: apt install python3-venv" >&2
        exit 1
    fi
fi

checksum=$(cksum < "$requirements")
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$checksum" ]; then
    exit 0
fi

echo "Installing $requirements ..."
if "$python" -m uv --version > /dev/null 2>&1; then
    "$python" -m uv pip install --quiet --python "$python" --require-hashes -r "$requirements"
else
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$requirements"
fi
printf '%s' "$checksum" > "$stamp"
