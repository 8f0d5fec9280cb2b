"""Bodies of imports are sent as they are generated; tokens are fetched anew before they expire."""

import json
import os
import sys

import schemathesis

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import principals  # noqa: E402


@schemathesis.serializer("application/x-ndjson", "application/xml")
def as_bytes(ctx, value):
    if isinstance(value, bytes):
        return value
    return str(value).encode("utf-8", errors="replace")


class Bearer:
    """The access token of the principal named by PRINCIPAL."""

    def get(self, case, context):
        origin = os.environ["ORIGIN"]
        if os.environ["PRINCIPAL"] == "partner":
            credentials = os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"]
            return principals.ask(origin, "/oauth/token", form={"grant_type": "client_credentials"}, basic=credentials)["access_token"]
        with open(os.environ["EDITOR"], encoding="utf-8") as file:
            return principals.sign_in(origin, json.load(file))

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = "Bearer " + data


if os.environ.get("PRINCIPAL", "anonymous") != "anonymous":
    schemathesis.auth(refresh_interval=300)(Bearer)
