#!/bin/sh
# Between the Lines: sets everything up in this folder, once, and opens the lessons. Needs Python 3.11 or newer.
# "./start.sh check" checks the lessons instead.
cd "$(dirname "$0")" || exit 1

PYTHON=
for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        PYTHON=$name
        break
    fi
done
if [ -z "$PYTHON" ]; then
    echo 'Python 3.11 or newer is needed. Get it from https://www.python.org/downloads/ and start again.' >&2
    exit 1
fi

if [ ! -f .venv/ready ]; then
    echo 'Setting up (once, one to three minutes; this needs the internet) ...'
    "$PYTHON" -m venv .venv || {
        echo 'This Python cannot make virtual environments. On Debian and Ubuntu: sudo apt install python3-venv' >&2
        exit 1
    }
    .venv/bin/python -m pip install --disable-pip-version-check --quiet --only-binary :all: --require-hashes \
        -r requirements.txt || {
        echo 'The download failed. Is this computer online? Start again: what has been downloaded is kept.' >&2
        exit 1
    }
    touch .venv/ready
fi

PYTHONPATH=$PWD
export PYTHONPATH
[ $# -gt 0 ] || set -- lab
exec .venv/bin/python -m kit "$@"
