#!/bin/sh
# Prints a Python that can run Strongroom: 3.13 or newer, below 3.15.
# Each candidate is asked by running it, since pyenv's shims stand on PATH and may still fail.

fits() {
    [ -n "$1" ] && "$1" -c \
        'import sys, venv; sys.exit(not (3, 13) <= sys.version_info[:2] < (3, 15))' 2>/dev/null
}

real_path() {
    "$1" -c 'import os, sys; print(os.path.realpath(sys.executable))'
}

if [ -n "$PYTHON" ] && ! fits "$PYTHON"; then
    echo "PYTHON=$PYTHON is not a Python 3.13 or 3.14 that runs." >&2
    exit 1
fi

for candidate in "$PYTHON" python3.13 python3.14 python3 python; do
    if fits "$candidate"; then
        real_path "$candidate"
        exit 0
    fi
done

for folder in \
    "${PYENV_ROOT:-$HOME/.pyenv}/versions" \
    "${UV_PYTHON_INSTALL_DIR:-$HOME/.local/share/uv/python}" \
    /opt/python /opt/homebrew/bin /usr/local/bin; do
    for candidate in \
        "$folder"/*3.13*/bin/python3 "$folder"/*3.14*/bin/python3 \
        "$folder"/cp313*/bin/python3 "$folder"/python3.13 "$folder"/python3.14; do
        if [ -x "$candidate" ] && fits "$candidate"; then
            real_path "$candidate"
            exit 0
        fi
    done
done

cat >&2 <<'MESSAGE'
Python 3.13 or 3.14 was not found. Install one, then start again:
  Debian 13, Ubuntu 25.04 and newer:   apt install python3 python3-venv
  macOS:                               brew install python@3.13
  anywhere else:                       pip install uv && uv python install 3.13
Or name one that is installed: make run PYTHON=/path/to/python3.13
MESSAGE
exit 1
