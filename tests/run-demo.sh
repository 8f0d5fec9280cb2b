#!/usr/bin/env bash
# Fills an empty database with the example catalogue through the import path that partners use, then serves it.
#   tests/run-demo.sh BINARY [serve arguments]
set -euo pipefail
cd "$(dirname "$0")/.."
portal=$1; shift
mkdir -p var
"$portal" migrate
"$portal" demo --if-empty --offers "${OFFERS:-2000}" --seed "${SEED:-13076}"
# The formats of two kinds of partner, each from a source of its own.
partner() {
  "$portal" source list | grep -q "^$1"$'\t' && return
  "$portal" source add "$1" --name "$2" >/dev/null
  "$portal" import --source "$1" --format "$3" --mode full "data/demo/$3.xml"
}
partner beispiel-kursnet 'Bildungsträger (Beispiel, openQ-cat)' openqcat
partner beispiel-vhs 'Volkshochschule (Beispiel, Open-vhs)' openvhs
# The administration can be tried out: the link is printed once, while there is nobody who administers. It works as soon as the server listens.
link=$("$portal" admin create --if-none --email leitung@example.org --name 'Leitung (Beispiel)' 2>/dev/null)
if [ -n "$link" ]; then
  printf '\nFirst administrator: open this link, choose a password and set up the second factor (works once, for seven days):\n  %s\n\n' "$link"
fi
exec "$portal" serve "$@"
