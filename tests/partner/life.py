"""Plays a partner from the first token to the last tombstone, with nothing but `client.py` and a receiver of webhooks.

    life.py WORK_FOLDER RECEIVER_PORT       prints what holds; the last line says how many
"""

import json
import os
import subprocess
import sys
import time
import traceback
from pathlib import Path

import client

HERE = Path(__file__).parent
WORK, RECEIVER = Path(sys.argv[1]), sys.argv[2]
passed, failed = 0, 0


def holds(what, condition, seen=None):
    global passed, failed
    passed, failed = passed + bool(condition), failed + (not condition)
    print(("ok      " if condition else "NOT OK  ") + what + ("" if condition or seen is None else f": {json.dumps(seen)[:1500]}"), flush=True)


def eventually(look, seconds=30):
    """The first truthy value of `look`, or its last one."""
    until = time.monotonic() + seconds
    while True:
        found = look()
        if found or time.monotonic() > until:
            return found
        time.sleep(0.2)


def lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def received():
    log = WORK / "received"
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def tool(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=os.environ, timeout=120)
    return done.returncode, done.stdout, done.stderr


def play(portal):
    house = {"type": "organization", "externalId": "house", "name": "Haus der Partner", "kind": "adult-education-centre"}
    hall = {"type": "place", "externalId": "hall", "name": "Saal", "address": {"street": "Lange Straße 1", "postalCode": "19370", "locality": "Parchim"}}
    course = {"type": "offer", "externalId": "C-1", "organization": "house", "kind": "course", "title": "Papierschiffe falten", "place": "hall"}
    broken = {**course, "externalId": "C-2", "kind": "kurs"}
    catalogue = lines(house, hall, course)

    # Credentials.
    holds("client credentials give a token", portal.token().count(".") == 2)
    wrong = client.Portal(portal.address, portal.source, portal.client_id, "brs_" + "0" * 43)
    try:
        wrong.token()
        holds("a wrong secret gives none", False)
    except client.Refused as refused:
        holds("a wrong secret gives none", refused.status == 401, refused.problem)

    # Dry run.
    start = portal.changes()[1]
    tried = portal.hand_in(lines(house, hall, course, broken), "ndjson", "full", dry_run=True)
    holds("a dry run says what would happen", tried["dryRun"] and tried["counts"]["created"] == 3 and tried["counts"]["rejected"] == 1, tried)
    problems = list(portal.problems(tried["id"]))
    holds("and what is wrong with which record", [(p["line"], p["recordId"], p["pointer"]) for p in problems] == [(4, "C-2", "/kind")], problems)
    holds("and changes nothing", portal.changes(start)[0] == [])

    # A webhook, before anything happens.
    made = portal.call("POST", f"/sources/{portal.source}/webhooks", body={
        "name": "Receiver", "url": f"http://127.0.0.1:{RECEIVER}/hook", "filter": {"kinds": ["offer"], "own": True}})
    hook, secret = made["webhook"], made["secret"]
    (WORK / "secrets").write_text(secret)
    address = f"/sources/{portal.source}/webhooks/{hook['id']}"
    portal.call("POST", f"{address}/test")
    test = eventually(lambda: [got for got in received() if got["body"]["type"] == "webhook.test"])
    holds("a test message arrives, and standardwebhooks verifies it", test and test[0]["verified"] == [secret], test)

    # Import.
    done = portal.hand_in(catalogue, "ndjson", "full", key="first")
    holds("the import creates three records", (done["state"], done["counts"]["created"]) == ("succeeded", 3), done)
    again = portal.hand_in(catalogue, "ndjson", "full", key="first")
    holds("a repeated request is the same import", again["id"] == done["id"], again)
    entries, position, _ = portal.changes(start, source=portal.source)
    offer = next((entry["recordId"] for entry in entries if entry["kind"] == "offer"), None)
    holds("the feed has the three, with their source", len(entries) == 3 and {entry["source"] for entry in entries} == {portal.source}, entries)
    search = lambda: portal.call("GET", "/offers", {"q": "papierschiff"}, signed_in=False)["data"]
    found = eventually(search)
    holds("the search finds the offer by another form of its word", [item["id"] for item in found] == [offer], found)
    first = eventually(lambda: [got for got in received() if got["body"]["type"] == "catalogue.changed"])
    changes = first[0]["body"]["data"]["changes"] if first else []
    holds("the webhook tells of the offer alone, verified", first and first[0]["verified"] == [secret] and [c["recordId"] for c in changes] == [offer], first)
    holds("with what the feed says", changes == [entry for entry in entries if entry["kind"] == "offer"], changes)

    # Change.
    waiting = subprocess.Popen([sys.executable, HERE / "client.py", "changes", "--after", str(position), "--follow"], stdout=subprocess.PIPE, text=True)
    time.sleep(1)
    changed = portal.hand_in(lines({**course, "title": "Papierflieger falten"}), "ndjson")
    holds("a change is counted as one", changed["counts"] == {"created": 0, "changed": 1, "unchanged": 0, "withdrawn": 0, "rejected": 0}, changed)
    entry = json.loads(waiting.stdout.readline())
    waiting.terminate()
    waiting.wait()
    holds("who waits for the feed sees it at once", (entry["recordId"], entry["action"], entry["version"]) == (offer, "changed", 2), entry)
    found = eventually(lambda: portal.call("GET", "/offers", {"q": "papierflieger"}, signed_in=False)["data"])
    holds("the search finds the new title", [item["id"] for item in found] == [offer], found)

    # A new secret: both sign.
    rotated = portal.call("POST", f"{address}/secret")["secret"]
    (WORK / "secrets").write_text(f"{secret}\n{rotated}")

    # Withdraw.
    gone = portal.hand_in(lines({"type": "delete", "kind": "offer", "externalId": "C-1"}), "ndjson")
    holds("the offer is withdrawn", gone["counts"]["withdrawn"] == 1, gone)
    entries = portal.changes(entry["seq"], kind="offer", source=portal.source)[0]
    holds("the feed keeps a tombstone", [(e["recordId"], e["action"]) for e in entries] == [(offer, "withdrawn")], entries)
    try:
        portal.call("GET", f"/offers/{offer}", signed_in=False)
        holds("the record answers 410", False)
    except client.Refused as refused:
        holds("the record answers 410", refused.status == 410, refused.problem)
    holds("the search finds nothing more", eventually(lambda: not search()))
    last = eventually(lambda: [got for got in received() if any(c["action"] == "withdrawn" for c in got["body"]["data"].get("changes", []))])
    holds("the webhook tells of it, signed with both secrets", last and last[0]["verified"] == [secret, rotated], last)
    ids = [got["headers"]["webhook-id"] for got in received()]
    holds("no message came twice", len(ids) == len(set(ids)), ids)
    # Changes that come soon after each other may travel in one message.
    told = eventually(lambda: {item["id"] for item in portal.call("GET", f"{address}/deliveries", [("state", "delivered")])["data"]} == set(ids))
    holds("the list says what was delivered", told, portal.call("GET", f"{address}/deliveries"))
    portal.call("POST", f"{address}/deliveries/{ids[-1]}/replay")
    holds("a replay sends the same message again", eventually(lambda: [got["headers"]["webhook-id"] for got in received()].count(ids[-1]) == 2))

    # The examples, as people run them.
    (WORK / "catalogue.ndjson").write_bytes(catalogue)
    code, out, err = tool(sys.executable, HERE / "client.py", "import", WORK / "catalogue.ndjson", "--mode", "full", "--dry-run")
    holds("client.py tries a file", code == 0 and json.loads(out)["state"] == "succeeded", [out, err])
    (WORK / "broken.ndjson").write_bytes(lines(broken))
    code, out, err = tool(sys.executable, HERE / "client.py", "import", WORK / "broken.ndjson")
    holds("client.py says what is wrong with a record", code == 0 and json.loads(out)["rejected"] == 1 and err.startswith("line 1 /kind"), [out, err])
    code, out, err = tool(sys.executable, HERE / "client.py", "import", WORK / "catalogue.ndjson", "--format", "openqcat")
    holds("client.py fails with a broken file", code == 1 and "file-invalid" in err, [out, err])
    code, out, err = tool("sh", HERE / "client.sh", "check", WORK / "catalogue.ndjson", "ndjson", "full")
    holds("client.sh tries a file", code == 0 and json.loads(out)["dryRun"] is True, [out, err])
    code, out, err = tool("sh", HERE / "client.sh", "import", WORK / "catalogue.ndjson")
    holds("client.sh hands it in: the offer is back", code == 0 and json.loads(out)["state"] == "succeeded", [out, err])
    code, out, err = tool("sh", HERE / "client.sh", "changes", position)
    actions = [e["action"] for e in json.loads(out)["data"] if e["recordId"] == offer] if code == 0 else []
    holds("client.sh shows the feed", actions[:2] == ["changed", "withdrawn"] and len(actions) == 3, [out, err])


try:
    play(client.Portal(*(os.environ[name] for name in ("PORTAL", "SOURCE", "CLIENT_ID", "CLIENT_SECRET"))))
except Exception:
    traceback.print_exc()
    failed += 1
print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
