#!/bin/sh
# A complete client for partners in POSIX shell: needs curl and sed. Copy it and make it yours.
#   export PORTAL=https://portal.example.org SOURCE=kvhs-lup CLIENT_ID=… CLIENT_SECRET=…
#   client.sh check  FILE [FORMAT] [MODE]   what would happen, nothing is written
#   client.sh import FILE [FORMAT] [MODE]   hand in a file; FORMAT: ndjson (default), openqcat, kufer, csv, …; MODE: delta (default), full
#   client.sh changes [AFTER]               a page of the change feed
set -eu

fail() { echo "$1" >&2; exit 1; }

# An access token, valid for ten minutes. The secret goes through a file descriptor, where `ps` does not see it.
token() {
  printf 'user = "%s:%s"\n' "$CLIENT_ID" "$CLIENT_SECRET" \
    | curl -sS --fail-with-body --retry 5 -K - -d grant_type=client_credentials "$PORTAL/oauth/token" \
    | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p'
}

content_type() {
  case $1 in
    ndjson) echo application/x-ndjson ;;
    openqcat | openvhs | kufer) echo application/xml ;;
    gml) echo application/gml+xml ;;
    ics) echo text/calendar ;;
    jsonld) echo application/ld+json ;;
    geojson) echo application/geo+json ;;
    csv) echo text/csv ;;
    xlsx) echo application/vnd.openxmlformats-officedocument.spreadsheetml.sheet ;;
    *) echo application/json ;;
  esac
}

# hand_in FILE FORMAT MODE DRY_RUN: prints the import. Busy and too fast are tried again, after what Retry-After says.
hand_in() {
  [ -r "$1" ] || fail "cannot read $1"
  # Names this one attempt: curl may repeat the request, and the file is applied once.
  key=$(date +%s)-$$
  token=$(token)
  [ -n "$token" ] || fail "no token: are CLIENT_ID and CLIENT_SECRET right?"
  printf 'header = "Authorization: Bearer %s"\n' "$token" \
    | curl -sS --fail-with-body --retry 5 --retry-all-errors -K - -X POST "$PORTAL/api/v1/sources/$SOURCE/imports?format=$2&mode=$3&dryRun=$4" \
      -H "Content-Type: $(content_type "$2")" -H "Idempotency-Key: $key" -H 'Accept-Language: en' --data-binary "@$1"
  echo
}

case ${1:-} in
  check) hand_in "${2:?which file?}" "${3:-ndjson}" "${4:-delta}" true ;;
  import) hand_in "${2:?which file?}" "${3:-ndjson}" "${4:-delta}" false ;;
  changes) curl -sS --fail-with-body --retry 5 "$PORTAL/api/v1/changes?after=${2:-0}&limit=1000" && echo ;;
  *) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
