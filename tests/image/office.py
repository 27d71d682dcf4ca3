"""A browser of the office, as far as signing in and reading pages needs one."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.parse
import urllib.request

from tests.image.machine import Machine

NAME, PASSWORD = "技术员甲", "jishuyuan-2024"
SETTINGS = f'name = "示例县教育局"\ncode = "360731"\n\n[technician]\nname = "{NAME}"\npassword = "{PASSWORD}"\n'

_PATIENCE = 300  # seconds: a processor of qemu's, on a machine that does other work


class Browser:
    """Signed in as the technician that lessonbox.toml named."""

    def __init__(self, machine: Machine) -> None:
        self._at = f"http://127.0.0.1:{machine.port}"
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        self.post("/login", "/login", name=NAME, password=PASSWORD)

    def post(self, path: str, page: str, **form: str) -> None:
        """Sends a form of `page`."""
        data = urllib.parse.urlencode(form | {"csrf_token": self._token(page)}).encode()
        self._opener.open(self._at + path, data, timeout=_PATIENCE).read()

    def read(self, path: str) -> str:
        with self._opener.open(self._at + path, timeout=_PATIENCE) as answer:
            return str(answer.read().decode())

    def _token(self, path: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.read(path))
        assert found, f"no form on {path}"
        return found[1]
