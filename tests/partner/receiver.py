"""A receiver of webhooks. Verifies every message with the package `standardwebhooks` and appends what it got to a file, one JSON object a line.

    receiver.py PORT_FILE LOG          the secrets come in the environment variable SECRETS_FILE: one a line, read anew for every message
"""

import http.server
import json
import os
import sys

from standardwebhooks import Webhook, WebhookVerificationError


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        verified = []
        with open(os.environ["SECRETS_FILE"]) as file:
            for secret in file.read().split():
                try:
                    Webhook(secret).verify(body, headers)
                    verified.append(secret)
                except WebhookVerificationError:
                    pass
        with open(sys.argv[2], "a") as log:
            log.write(json.dumps({"path": self.path, "headers": headers, "body": json.loads(body), "verified": verified}) + "\n")
        self.send_response(204 if verified else 401)
        self.end_headers()

    def log_message(self, format, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
with open(sys.argv[1], "w") as file:
    file.write(str(server.server_address[1]))
server.serve_forever()
