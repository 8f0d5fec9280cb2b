"""Reads what the server hands out, with other people's libraries, and says how many checks passed."""

import csv
import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
import urllib.request

from icalendar import Calendar

BASE = sys.argv[1]


def fetch(path):
    with urllib.request.urlopen(path if path.startswith("http") else BASE + path, timeout=60) as answer:
        return answer.read()


def offers():
    return json.loads(fetch("/offers?limit=100"))["data"]


def calendar_of_a_search():
    calendar = Calendar.from_ical(fetch("/offers.ics"))
    events = calendar.walk("VEVENT")
    assert events, "no events"
    uids = [str(event["UID"]) for event in events]
    assert len(uids) == len(set(uids)), "a UID occurs twice"
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    for event in events:
        assert not event.errors, event.errors
        assert event.get("DTSTAMP") and str(event["URL"]).startswith("http"), event
        zone = event["DTSTART"].params.get("TZID")
        assert zone is None or zone in zones, f"{zone} is not defined"
        end = event.get("DTEND")
        assert end is None or end.dt > event["DTSTART"].dt, event
        assert "Lizenz" in str(event["COMMENT"])
    # What the library writes is what it has read.
    assert len(Calendar.from_ical(calendar.to_ical()).walk("VEVENT")) == len(events)


def calendars_of_offers_and_organizations():
    seen = 0
    for offer in offers()[:25]:
        seen += len(Calendar.from_ical(fetch(f"/offers/{offer['id']}.ics")).walk("VEVENT"))
    assert seen, "no offer has a date"
    organization = offers()[0]["organization"]["id"]
    calendar = Calendar.from_ical(fetch(f"/organizations/{organization}/offers.ics"))
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"])


def tables():
    for path in ("/offers.csv", "/organizations.csv"):
        text = fetch(path).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        assert len(rows) > 1 and all(len(row) == len(rows[0]) for row in rows), path
        assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row if cell), path
        assert all(row[rows[0].index("Lizenz")] for row in rows[1:])


def dumps():
    listed = json.loads(fetch("/dumps"))["data"]
    assert {dump["latest"] for dump in listed} == {"catalogue.ndjson.gz", "offers.csv.gz", "organizations.csv.gz"}, listed
    for dump in listed:
        packed = fetch(dump["url"])
        assert hashlib.sha256(packed).hexdigest() == dump["sha256"] and len(packed) == dump["size"], dump
        lines = gzip.decompress(packed).decode("utf-8-sig").splitlines()
        if dump["latest"] == "catalogue.ndjson.gz":
            assert all(json.loads(line)["licence"] for line in lines)


def open_q_cat():
    changes = json.loads(fetch("/changes?source=bildungswerk&kind=organization"))["data"]
    files = [fetch("/exports/openqcat.xml"), fetch(f"/organizations/{changes[0]['recordId']}/openqcat.xml"), fetch("/exports/openqcat.xml?after=0")]
    schema = os.path.join(os.environ["SAMPLES_DIR"], "openqcat", "open-Qcat.V1.1.xsd")
    if not os.path.isfile(schema):
        print(f"skipped: no {schema} (SAMPLES_DIR)")
        return
    if not shutil.which("xmllint"):
        print("skipped: no xmllint")
        return
    for file in files:
        with tempfile.NamedTemporaryFile(suffix=".xml") as out:
            out.write(file)
            out.flush()
            subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema, out.name], check=True, capture_output=True, text=True)


passed = failed = 0
for check in (calendar_of_a_search, calendars_of_offers_and_organizations, tables, dumps, open_q_cat):
    try:
        check()
        passed += 1
    except Exception:
        failed += 1
        print(f"{check.__name__} failed:")
        traceback.print_exc(file=sys.stdout)
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
