#!/usr/bin/env bash
# Measures the release server on generated catalogues and writes docs/benchmarks.md.
#   SIZES="10000 100000 1000000" SECONDS_EACH=8 CONNECTIONS=16 tests/load/bench.sh
# Imports are measured on PostgreSQL, too: on a throw-away cluster that writes its log to the disk as one in earnest does.
# Server and load tool share the machine over loopback: compare CPU per request and ratios, not requests per second.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=${BIN:-target/release/bildungsregion}
sizes=${SIZES:-10000 100000}
seconds=${SECONDS_EACH:-8}
connections=${CONNECTIONS:-16}
report=${REPORT:-docs/benchmarks.md}
here=tests/load

if ! command -v wrk >/dev/null; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then apt-get install -y -qq wrk >/dev/null; else
    echo "missing: wrk (Debian/Ubuntu: sudo apt-get install wrk)" >&2; exit 2; fi
fi
for tool in curl node; do command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 2; }; done

work=$(mktemp -d)
pid=
cluster=
stop() { [ -z "$pid" ] || { kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; }; pid=; }
trap 'stop; [ -z "$cluster" ] || tests/postgres.sh stop "$cluster"; rm -rf "$work"' EXIT

now() { echo "${EPOCHREALTIME/[,.]/}"; }                                  # microseconds
cpu() { awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) * 1000000 / hz }' "/proc/$pid/stat"; }   # microseconds
rss() { awk -v key="$1:" '$1 == key { printf "%.0f", $2 / 1024 }' "/proc/$pid/status"; }   # MiB
free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }
field() { node -e 'let t="";process.stdin.on("data",d=>t+=d).on("end",()=>console.log(process.argv[1].split(".").reduce((v,k)=>v?.[k],JSON.parse(t))))' "$1"; }
ask() { curl -sf "$origin/api/v1$1"; }

# start: starts the server and prints nothing; `ready` is then the time until /readyz said yes, in ms
start() {
  local port began
  port=$(free_port)
  origin="http://127.0.0.1:$port"
  began=$(now)
  BILDUNGSREGION_RATE_LIMITS=false BILDUNGSREGION_IMPORT_MAX_MIB=8192 "$bin" "${where[@]}" --log warn serve --bind "127.0.0.1:$port" --metrics-bind off 2>>"$work/log" &
  pid=$!
  until curl -sf -o /dev/null "$origin/readyz"; do
    kill -0 "$pid" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.01
  done
  ready=$(( ($(now) - began) / 1000 ))
}

# token: a fresh access token; one lives for ten minutes
token() { curl -sf -u "$credentials" -d grant_type=client_credentials "$origin/oauth/token" | field access_token; }

# import FILE MODE: through the API; sets `took` (µs), `spent` (CPU µs) and prints the counts
import() {
  local bearer began before
  bearer=$(token); began=$(now); before=$(cpu)
  curl -sf -X POST -H "Authorization: Bearer $bearer" -H 'Content-Type: application/x-ndjson' -T "$1" \
    "$origin/api/v1/sources/bench/imports?mode=$2" >"$work/import.json" || { echo "import failed" >&2; cat "$work/log" >&2; exit 1; }
  took=$(( $(now) - began )); spent=$(awk -v a="$before" -v b="$(cpu)" 'BEGIN { printf "%.0f", b - a }')
}

per_second() { awk -v n="$1" -v us="$2" 'BEGIN { printf "%.0f", n * 1000000 / us }'; }

# measure CLASS: prints a row
measure() {
  local before after result
  wrk -t1 -c"$connections" -d1s -s "$here/paths.lua" "$origin" -- "$work/$1" >/dev/null
  before=$(cpu)
  result=$(wrk -t1 -c"$connections" -d"${seconds}s" -s "$here/paths.lua" "$origin" -- "$work/$1" | grep '^RESULT')
  after=$(cpu)
  awk -v name="$2" -v limit="$3" -v used="$(awk -v a="$before" -v b="$after" 'BEGIN { print b - a }')" '{
    printf "| %s%s | %.0f | %.2f | %.2f | %.3f | %s |\n", name, ($6 + 0 > 0 ? " **(" $6 " errors)**" : ""), $2 * 1000000 / $3, $4 / 1000, $5 / 1000, used / $2 / 1000, limit }' <<<"$result"
}

# visible: milliseconds from sending one record until the search finds it, median of five
visible() {
  local i began word times=()
  for i in 1 2 3 4 5; do
    word="sichtbar$RANDOM$i"
    printf '{"type":"organization","externalId":"bench-visible","name":"Verein"%s}\n' ',"kind":"association"' >"$work/one"
    printf '{"type":"offer","externalId":"bench-%s","organization":"bench-visible","kind":"course","title":"%s"}\n' "$i" "$word" >>"$work/one"
    import "$work/one" delta
    began=$(( $(now) - took ))
    until [ "$(ask "/offers?q=$word" | field page.total)" = 1 ]; do
      [ $(( $(now) - began )) -lt 20000000 ] || { echo "never visible" >&2; exit 1; }
    done
    times+=($(( ($(now) - began) / 1000 )))
  done
  printf '%s\n' "${times[@]}" | sort -n | sed -n 3p
}

# targets of the quality document, by size
limits() {
  if [ "$1" -le 10000 ]; then echo "0.15 0.1 0.4 0.6 0.2 300 80"
  elif [ "$1" -le 100000 ]; then echo "0.2 0.1 1 2 0.3 300 150"
  else echo "0.4 0.1 4 8 0.6 1000 600"; fi
}

# prepare: an empty database with one source and its client
prepare() {
  "$bin" "${where[@]}" --log warn migrate >/dev/null
  "$bin" "${where[@]}" --log warn source add bench --name Bench >/dev/null
  credentials=$("$bin" "${where[@]}" --log warn client add --source bench --name Bench 2>/dev/null | awk '{ print $2 }' | paste -sd :)
}

# counted FIELD N: refuses figures of an import that did something else
counted() {
  local got; got=$(field "counts.$1" <"$work/import.json")
  [ "$got" = "$2" ] || { echo "$1 $got of $2" >&2; cat "$work/import.json" >&2; exit 1; }
}

# on_postgres N: the two imports on PostgreSQL
on_postgres() {
  local n=$1 records new same
  cluster=$(TEST_POSTGRES_URL='' DURABLE=1 tests/postgres.sh url)
  data="$work/data-postgres"
  where=(--data-dir "$data" --database-url "$cluster")
  "$bin" demo --offers "$n" --seed 13076 --ndjson "$work/demo.ndjson" >/dev/null
  records=$(wc -l <"$work/demo.ndjson")
  prepare
  start
  echo "  $n: importing on PostgreSQL" >&2
  import "$work/demo.ndjson" full; counted created "$records"; new=$(per_second "$records" "$took")
  import "$work/demo.ndjson" full; counted unchanged "$records"; same=$(per_second "$records" "$took")
  stop
  tests/postgres.sh stop "$cluster"; cluster=
  rm -rf "$data" "$work/demo.ndjson"
  printf '| %s | %s | %s |\n' "$records" "$new" "$same" >>"$work/postgres"
}

one_size() {
  local n=$1 records began indexed ready_empty
  data="$work/data-$n"
  read -r l_list l_detail l_search l_facets l_suggest l_start l_rss <<<"$(limits "$n")"
  began=$(now)
  "$bin" demo --offers "$n" --seed 13076 --ndjson "$work/demo.ndjson" >/dev/null
  local made=$(( $(now) - began ))
  records=$(wc -l <"$work/demo.ndjson")
  where=(--data-dir "$data")
  prepare
  start; ready_empty=$ready
  echo "  $n: importing $records records" >&2
  import "$work/demo.ndjson" full
  counted created "$records"
  local new_speed=$(per_second "$records" "$took") new_cpu=$(per_second "$records" "$spent")
  began=$(now)
  local seq=-1 last=-2 still=0
  # Indexing is over when the number of offers no longer changes.
  while [ "$still" -lt 4 ]; do
    last=$seq; seq=$(ask "/offers?limit=1" | field page.total)
    if [ "$seq" = "$last" ] && [ "$seq" -gt 0 ]; then still=$((still + 1)); else still=0; indexed=$(( ($(now) - began) / 1000 )); fi
    sleep 0.25
  done
  import "$work/demo.ndjson" full
  counted unchanged "$records"
  local same_speed=$(per_second "$records" "$took") same_cpu=$(per_second "$records" "$spent")
  rm -f "$work/demo.ndjson"
  node "$here/paths.mjs" "$origin" "$work"
  echo "  $n: measuring" >&2
  {
    printf '\n## %s offers (%s records)\n\n' "$n" "$records"
    printf '| work | requests/s | p50 ms | p99 ms | CPU ms per request | at most |\n|---|--:|--:|--:|--:|--:|\n'
    measure list "list, 20 hits, sorted" "$l_list"
    measure detail "detail by id" "$l_detail"
    measure search "search word + filter" "$l_search"
    measure facets "search + all facets, a third with typing mistakes" "$l_facets"
    measure suggest "type-ahead" "$l_suggest"
  } >>"$work/tables"
  local memory=$(rss VmRSS) own=$(rss RssAnon) seen=$(visible)
  stop; start
  {
    printf '\n| other | measured | wanted |\n|---|--:|--:|\n'
    printf '| import through the API, all new | %s records/s (%s per CPU second) | ≥ 10000 |\n' "$new_speed" "$new_cpu"
    printf '| the same import again, all unchanged | %s records/s (%s per CPU second) | ≥ 50000 |\n' "$same_speed" "$same_cpu"
    printf '| all of it in the search after the import was answered | %s ms | |\n' "$indexed"
    printf '| one record written until found, median of 5 | %s ms | ≤ 1000 |\n' "$seen"
    printf '| start until ready, empty | %s ms | |\n' "$ready_empty"
    printf '| start until ready, existing data | %s ms | ≤ %s |\n' "$ready" "$l_start"
    printf '| resident memory after the load | %s MiB, %s of them its own, the rest mapped files | ≤ %s |\n' "$memory" "$own" "$l_rss"
    printf '| making the catalogue (`demo --ndjson`) | %s records/s | ≥ 50000 |\n' "$(per_second "$records" "$made")"
    printf '| database file | %s MiB | |\n' "$(( $(stat -c %s "$data/bildungsregion.db") / 1048576 ))"
    printf '| search index | %s MiB | |\n' "$(( $(du -sk "$data/index" | cut -f1) / 1024 ))"
  } >>"$work/tables"
  stop
  rm -rf "$data"
}

for size in $sizes; do one_size "$size"; on_postgres "$size"; done

{
  printf '# Measurements\n\nWritten by `make bench` (`tests/load/bench.sh`), not by hand. Server (release build, SQLite) and load tool (wrk, one thread, %s connections, %s s a class)\n' "$connections" "$seconds"
  printf 'share the machine over loopback. CPU per request is user and system time of the server process divided by the requests; it is the figure to compare.\n\n'
  printf -- '- %s, %s cores, %s, Linux %s\n' "$(date -u +%F)" "$(nproc)" "$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)" "$(uname -r | cut -d- -f1)"
  printf -- '- %s, commit %s\n' "$("$bin" version)" "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)"
  cat "$work/tables"
  printf '\n## Imports on PostgreSQL\n\nThe same imports with PostgreSQL %s on the same two cores, reached by a socket. Wanted: 10000 new and 50000 unchanged records/s.\n\n' "$(pg_config --version 2>/dev/null | awk '{ print $2 }')"
  printf '| records | all new, records/s | all unchanged, records/s |\n|--:|--:|--:|\n'
  cat "$work/postgres"
} >"$report"
cat "$report"
