#!/usr/bin/env bash
# Asks the real server for its files and reads them with programs that others wrote: iCalendar with the PyPI package `icalendar`, openQ-cat with
# xmllint and the official schema, tables and dumps with Python.
#   tests/formats/run.sh [BINARY]      SAMPLES_DIR=…  (the official schema; skipped where it is not at hand)
# Needs python3 with venv; icalendar is installed into target/formats. Ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/../.."
binary=${1:-target/debug/bildungsregion}
version=7.3.2
tool=target/formats

if ! "$tool/bin/python" -c "import icalendar, sys; sys.exit(icalendar.__version__ != '$version')" 2>/dev/null; then
  python3 -m venv "$tool" && "$tool/bin/pip" install -q "icalendar==$version" || { echo "missing: python3 with venv, or a package index" >&2; echo "0 passed, 1 failed"; exit 1; }
fi

folder=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
address="http://127.0.0.1:$port"
options=(--database-url "sqlite:$folder/formats.db" --data-dir "$folder")
trap '[ -z "${server:-}" ] || kill "$server"; rm -rf "$folder"' EXIT
"$binary" migrate "${options[@]}" > /dev/null
"$binary" source add bildungswerk --name Bildungswerk "${options[@]}" > /dev/null
"$binary" demo --offers 300 --seed 13076 "${options[@]}" > "$folder/demo.log" 2>&1
"$binary" import --source bildungswerk --format openqcat --mode full crates/exchange/tests/fixtures/openqcat/round-trip.xml "${options[@]}" > "$folder/import.log" 2>&1 || cat "$folder/import.log"
export BILDUNGSREGION_PUBLIC_URL=$address
"$binary" dumps make "${options[@]}" > "$folder/dumps.log" 2>&1 || cat "$folder/dumps.log"
BILDUNGSREGION_RATE_LIMITS=false "$binary" serve --bind "127.0.0.1:$port" --metrics-bind off "${options[@]}" > "$folder/server.log" 2>&1 &
server=$!
for _ in $(seq 100); do curl -fs "$address/readyz" > /dev/null && break; sleep 0.2; done
SAMPLES_DIR=${SAMPLES_DIR:-../shared/samples} "$tool/bin/python" tests/formats/read.py "$address/api/v1"
