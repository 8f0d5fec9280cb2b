#!/usr/bin/env python3
"""A complete client for partners: Python 3.9 or newer, standard library only. Copy it and make it yours.

    export PORTAL=https://portal.example.org SOURCE=kvhs-lup CLIENT_ID=… CLIENT_SECRET=…
    client.py import catalogue.ndjson --format ndjson --mode full --dry-run   # what would happen
    client.py import catalogue.ndjson --format ndjson --mode full             # do it
    client.py changes --after 0                                               # follow the change feed, one JSON object a line
"""

import argparse
import base64
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

CONTENT_TYPES = {
    "ndjson": "application/x-ndjson", "openqcat": "application/xml", "openvhs": "application/xml", "kufer": "application/xml",
    "gml": "application/gml+xml", "ics": "text/calendar", "jsonld": "application/ld+json", "geojson": "application/geo+json",
    "vhs-json": "application/json", "integreat": "application/json", "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Worth trying again: busy, too fast, or a proxy between us that is.
AGAIN = {408, 409, 429, 502, 503, 504}
TRIES = 6


class Refused(Exception):
    """The portal said no. `problem` is its answer (RFC 9457): `code` for programs, `title` and `errors` for people."""

    def __init__(self, status, problem):
        self.status, self.problem = status, problem
        # The token endpoint says it in the words of OAuth 2.0.
        code, title = problem.get("code") or problem.get("error"), problem.get("title") or problem.get("error_description")
        super().__init__(f"{status} {code}: {title}")


class Portal:
    """The API, as the client of one source."""

    def __init__(self, address, source, client_id, client_secret):
        self.address, self.source = address.rstrip("/"), source
        self.client_id, self.client_secret = client_id, client_secret
        self._token, self._token_ends = None, 0.0

    def token(self):
        """An access token. It is kept while it is fresh: asking anew for every request is slow, and limited."""
        if self._token is None or time.monotonic() > self._token_ends:
            proof = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
            request = urllib.request.Request(f"{self.address}/oauth/token", b"grant_type=client_credentials", {"Authorization": f"Basic {proof}"})
            answer = self._open(request)
            self._token, self._token_ends = answer["access_token"], time.monotonic() + answer["expires_in"] - 60
        return self._token

    def call(self, method, path, query=(), body=None, content_type="application/json", headers=None, signed_in=True):
        """One request; the JSON of the answer. `query` is a dict, or a list of pairs where a name is repeated."""
        url = f"{self.address}/api/v1{path}"
        if query:
            url += "?" + urllib.parse.urlencode(query)
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        request = urllib.request.Request(url, data=body, method=method, headers={"Accept-Language": "en", **(headers or {})})
        if body is not None:
            request.add_header("Content-Type", content_type)
        if signed_in:
            request.add_header("Authorization", f"Bearer {self.token()}")
        return self._open(request)

    def _open(self, request):
        for tried in range(1, TRIES + 1):
            try:
                with urllib.request.urlopen(request, timeout=300) as answer:
                    content = answer.read()
                    return json.loads(content) if content else None
            except urllib.error.HTTPError as error:
                content = error.read()
                if error.code not in AGAIN or tried == TRIES:
                    try:
                        problem = json.loads(content)
                    except ValueError:
                        problem = {"title": content.decode(errors="replace")}
                    raise Refused(error.code, problem) from None
                pause = error.headers.get("Retry-After")
                time.sleep(int(pause) if pause and pause.isdigit() else 2**tried)
            except (urllib.error.URLError, TimeoutError):
                if tried == TRIES:
                    raise
                time.sleep(2**tried)

    def hand_in(self, content, format, mode="delta", dry_run=False, key=None):
        """Hands in a file (bytes). The key names this one attempt: however often the request is repeated, the file is applied once."""
        query = {"format": format, "mode": mode}
        headers = {}
        if dry_run:
            query["dryRun"] = "true"
        else:
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        return self.call("POST", f"/sources/{self.source}/imports", query, content, CONTENT_TYPES[format], headers)

    def problems(self, import_id):
        """What was wrong with single records: line, identifier, pointer, message."""
        cursor = None
        while True:
            query = {"limit": 100, **({"cursor": cursor} if cursor else {})}
            page = self.call("GET", f"/sources/{self.source}/imports/{import_id}/problems", query)
            yield from page["data"]
            cursor = page["page"]["next"]
            if cursor is None:
                return

    def changes(self, after=0, wait=0, **filters):
        """A page of the change feed: the entries, and the `after` to go on with. Keep that only when you have worked through the page."""
        query = [("after", after), ("limit", 1000)] + ([("wait", wait)] if wait else [])
        query += [(name, value) for name, values in filters.items() for value in ([values] if isinstance(values, str) else values)]
        page = self.call("GET", "/changes", query, signed_in=False)
        return page["data"], page["page"]["next"], page["page"]["more"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    importing = commands.add_parser("import", help="hand in a file")
    importing.add_argument("file")
    importing.add_argument("--format", choices=sorted(CONTENT_TYPES), default="ndjson")
    importing.add_argument("--mode", choices=["delta", "full"], default="delta", help="full: what the file does not contain is withdrawn")
    importing.add_argument("--dry-run", action="store_true", help="a full report, and nothing is written")
    following = commands.add_parser("changes", help="print the change feed")
    following.add_argument("--after", type=int, default=0)
    following.add_argument("--follow", action="store_true", help="wait for further changes")
    arguments = parser.parse_args()
    try:
        portal = Portal(*(os.environ[name] for name in ("PORTAL", "SOURCE", "CLIENT_ID", "CLIENT_SECRET")))
    except KeyError as missing:
        parser.error(f"the environment lacks {missing}")
    try:
        if arguments.command == "import":
            return run_import(portal, arguments)
        return print_changes(portal, arguments)
    except Refused as refused:
        print(refused, file=sys.stderr)
        for error in refused.problem.get("errors", []):
            print(f"  {error.get('pointer', '')}: {error['message']}", file=sys.stderr)
        return 1


def run_import(portal, arguments):
    with open(arguments.file, "rb") as file:
        done = portal.hand_in(file.read(), arguments.format, arguments.mode, arguments.dry_run)
    print(json.dumps({"id": done["id"], "state": done["state"], **done["counts"]}))
    for problem in portal.problems(done["id"]) if done["problemCount"] else ():
        where = f"line {problem['line']}" if "line" in problem else problem.get("recordId", "")
        print(f"{where} {problem.get('pointer', '')}: {problem['message']}", file=sys.stderr)
    if done["state"] == "awaiting-confirmation":
        print("It would withdraw unusually much and waits until somebody confirms it in the portal.", file=sys.stderr)
    return 0 if done["state"] in ("succeeded", "awaiting-confirmation") else 1


def print_changes(portal, arguments):
    after, more = arguments.after, True
    while more or arguments.follow:
        entries, after, more = portal.changes(after, wait=30 if arguments.follow and not more else 0)
        for entry in entries:
            print(json.dumps(entry), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
