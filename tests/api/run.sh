#!/usr/bin/env bash
# Asks the real server thousands of generated requests and compares every answer with openapi/openapi.json.
#   tests/api/run.sh [BINARY]      PRINCIPALS="anonymous editor partner"  SEEDS="1 2 3"  EXAMPLES=60  (per operation and phase)
# Needs python3 with venv; schemathesis is installed into target/schemathesis. Ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/../.."
binary=${1:-target/debug/bildungsregion}
version=4.32.5
tool=target/schemathesis

if ! "$tool/bin/schemathesis" --version 2>/dev/null | grep -qF "$version"; then
  python3 -m venv "$tool" && "$tool/bin/pip" install -q "schemathesis==$version" || { echo "missing: python3 with venv, or a package index" >&2; echo "0 passed, 1 failed"; exit 1; }
fi

folder=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
address="http://127.0.0.1:$port"
options=(--database-url "sqlite:$folder/api.db" --data-dir "$folder")
trap '[ -z "${server:-}" ] || kill "$server"; rm -rf "$folder"' EXIT
"$binary" migrate "${options[@]}" > /dev/null
"$binary" source add probe --name Probe "${options[@]}" > /dev/null
# shellcheck disable=SC2046  # two words
set -- $("$binary" client add --source probe --name Probe --scope imports:run "${options[@]}" 2>/dev/null | awk '{ print $2 }')
export CLIENT_ID=$1 CLIENT_SECRET=$2 ORIGIN=$address EDITOR=$folder/editor.json
"$binary" demo --offers 300 --seed 13076 "${options[@]}" > "$folder/demo.log" 2>&1
BILDUNGSREGION_RATE_LIMITS=false export BILDUNGSREGION_PUBLIC_URL=$address BILDUNGSREGION_RATE_LIMITS=false
"$binary" serve --bind "127.0.0.1:$port" --metrics-bind off "${options[@]}" > "$folder/server.log" 2>&1 &
server=$!
for _ in $(seq 100); do curl -fs "$address/readyz" > /dev/null && break; sleep 0.2; done

passed=0 failed=0
principals=${PRINCIPALS:-anonymous editor partner}
if [[ $principals == *editor* ]]; then
  link=$("$binary" admin create --email leitung@example.org --name Leitung "${options[@]}" 2>/dev/null)
  python3 tests/api/principals.py "$address" "$link" "$folder/mail" "$EDITOR" || { echo "no editor could sign in" >&2; echo "0 passed, 1 failed"; exit 1; }
fi
for PRINCIPAL in $principals; do for seed in ${SEEDS:-1 2 3}; do
  export PRINCIPAL
  # Who has changed the own password or deleted the own account cannot come in again; http/tests play both.
  spared=()
  [ "$PRINCIPAL" != editor ] || spared=(--exclude-operation-id changePassword --exclude-operation-id deleteMe)
  if "$tool/bin/schemathesis" --config-file tests/api/schemathesis.toml run openapi/openapi.json --url "$address" --seed "$seed" \
    -n "${EXAMPLES:-60}" "${spared[@]}" --workers 1 --no-color > "$folder/run.log" 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    cat "$folder/run.log"
  fi
  grep -E "generated" "$folder/run.log" | sed "s/^ */$PRINCIPAL, seed $seed: /"
done; done
# Whatever the server itself calls an error is a failure, also where a check would forgive it. What it says about unreadable HTTP is not its own.
if grep '"level":"ERROR"' "$folder/server.log" | grep -qv '"target":"actix_http'; then
  grep '"level":"ERROR"' "$folder/server.log" | grep -v '"target":"actix_http' | head -20
  failed=$((failed + 1))
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
