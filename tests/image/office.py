"""A browser of the office, as far as signing in and reading pages needs one."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.parse
import urllib.request

from tests.image.machine import Machine

NAME, PASSWORD = "技术员甲", "jishuyuan-2024"
SETTINGS = f'name = "示例县教育局"\ncode = "360731"\n\n[technician]\nname = "{NAME}"\npassword = "{PASSWORD}"\n'


class Browser:
    """Signed in as the technician that lessonbox.toml named."""

    def __init__(self, machine: Machine) -> None:
        self._at = f"http://127.0.0.1:{machine.port}"
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        form = {"name": NAME, "password": PASSWORD, "csrf_token": self._token("/login")}
        self._opener.open(f"{self._at}/login", urllib.parse.urlencode(form).encode(), timeout=120).read()

    def read(self, path: str) -> str:
        with self._opener.open(self._at + path, timeout=120) as answer:
            return str(answer.read().decode())

    def _token(self, path: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.read(path))
        assert found, f"no form on {path}"
        return found[1]
