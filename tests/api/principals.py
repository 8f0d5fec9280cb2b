"""Who asks the API in the generated tests, and how they come in: the same way as everybody else. Standard library only.

    principals.py ORIGIN LINK MAILS FILE    makes an editor, beginning with the link of the first administrator, and writes the way in to FILE
"""

import base64
import hashlib
import hmac
import json
import os
import re
import struct
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

PASSWORD = "Regenschirm am Hafen " + base64.b32encode(os.urandom(5)).decode()


def ask(origin, path, body=None, token=None, form=None, basic=None):
    headers = {"Accept": "application/json"}
    if token:
        headers["Authorization"] = "Bearer " + token
    if basic:
        headers["Authorization"] = "Basic " + base64.b64encode(":".join(basic).encode()).decode()
    data = None
    if form is not None:
        data, headers["Content-Type"] = urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded"
    elif body is not None:
        data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
    request = urllib.request.Request(origin + path, data=data, headers=headers, method="GET" if data is None else "POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"null")


def code(secret, at=None):
    """The code of an authenticator app (RFC 6238)."""
    step = int((at or time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def accept(origin, link, name):
    """Accepts an invitation and sets up the second factor. Gives the secret of the app and a token that has both."""
    invited = link.split("#token=")[1]
    session = ask(origin, "/api/v1/auth/invitation/accept", {"token": invited, "name": name, "password": PASSWORD, "language": "de"})
    email, token = session["account"]["email"], session["accessToken"]
    secret = ask(origin, "/api/v1/me/factors/totp", {}, token)["secret"]
    ask(origin, "/api/v1/me/factors/totp/confirm", {"code": code(secret)}, token)
    return {"email": email, "password": PASSWORD, "secret": secret}


def sign_in(origin, person):
    """A token of a person with a second factor. A code counts once, so this waits for the next one if it has to."""
    for _ in range(4):
        try:
            asked = ask(origin, "/api/v1/auth/login", {"email": person["email"], "password": person["password"]})
            answer = {"challenge": asked["challenge"], "method": "totp", "code": code(person["secret"])}
            return ask(origin, "/api/v1/auth/login/second-factor", answer)["accessToken"]
        except urllib.error.HTTPError as error:
            if error.code not in (410, 422, 429):
                raise
            time.sleep(31 - time.time() % 30)
    raise RuntimeError("no code was accepted")


def invited(folder, email):
    """The link that was mailed to somebody; mail lies as files in a folder."""
    for _ in range(100):
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
                text = file.read().replace("=\n", "").replace("=\r\n", "").replace("=3D", "=")
            found = re.search(r"https?://\S+einladung#token=[A-Za-z0-9_-]+", text)
            if email in text and found:
                return found.group()
        time.sleep(0.2)
    raise RuntimeError("no invitation was mailed to " + email)


def main(origin, link, mails, target):
    administrator = accept(origin, link, "Leitung")
    token = sign_in(origin, administrator)
    editor = {"email": "redaktion@example.org", "name": "Redaktion", "language": "de", "memberships": [{"role": "editor"}]}
    ask(origin, "/api/v1/accounts", editor, token)
    with open(target, "w", encoding="utf-8") as file:
        json.dump(accept(origin, invited(mails, editor["email"]), "Redaktion"), file)


if __name__ == "__main__":
    main(*sys.argv[1:])
