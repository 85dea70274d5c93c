"""A student of a hub, without a browser: logs in, follows a link, runs a lesson's cells, answers, hands in."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
import websocket

WAIT = 180  # seconds for whatever is to come: eight servers start at once on a small machine


class Student:
    """Somebody of the class. ``name``: the one to log in with."""

    def __init__(self, root: str, name: str, password: str = "") -> None:
        self.root, self.name = root, name
        self.password = password or f"{name}-knows"
        self.web = requests.Session()
        self.web.trust_env = False  # no proxy on the way to this machine

    def log_in(self, link: str) -> requests.Response:
        """Follow a link as somebody who is not logged in: the log-in, and then whatever the link leads to."""
        page = self.web.get(f"{self.root}{link}", timeout=WAIT)
        given = {"username": self.name, "password": self.password, "_xsrf": self._xsrf("/hub/")}
        return self.web.post(page.url, data=given, timeout=WAIT)

    def arrive(self, link: str) -> str:
        """Follow a link until one's own server shows what it leads to; the address that the browser ends at."""
        page = self.log_in(link)
        deadline = time.monotonic() + WAIT
        while not (page.ok and urlsplit(page.url).path.startswith(f"/user/{self.name}/lab")):
            assert time.monotonic() < deadline, (page.status_code, page.url, page.text[-2000:])
            time.sleep(0.5)  # as the page does that says "Your server is starting up"
            page = self.web.get(f"{self.root}{link}", timeout=WAIT)
        return page.url

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Ask one's own server."""
        headers = {"X-XSRFToken": self._xsrf(f"/user/{self.name}/")}
        answer = self.web.request(
            method, f"{self.root}/user/{self.name}{path}", json=body, headers=headers, timeout=WAIT
        )
        assert answer.ok, (method, path, answer.status_code, answer.text[-500:])
        return answer.json() if answer.content else None

    @contextmanager
    def notebook(self, path: str) -> Iterator[Notebook]:
        """Open a notebook: its kernel, as the page in the browser talks to it."""
        body = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        session = self.ask("POST", "/api/sessions", body)
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.web.cookies if one.path != "/hub/")
        address = f"{self.root}/user/{self.name}/api/kernels/{session['kernel']['id']}/channels"
        wire = websocket.create_connection(
            address.replace("http", "ws", 1), cookie=cookies, timeout=WAIT, http_no_proxy=["127.0.0.1"]
        )
        try:
            yield Notebook(wire, self.ask("GET", f"/api/contents/{path}")["content"])
        finally:
            wire.close()

    def _xsrf(self, path: str) -> str:
        found = [one.value for one in self.web.cookies if one.name == "_xsrf" and one.path == path]
        return str(found[-1]) if found else ""


class Notebook:
    """An open notebook and its kernel. ``cells``: the code in it."""

    def __init__(self, wire: Any, content: Any) -> None:
        self.wire = wire
        self.cells = [cell["source"] for cell in content["cells"] if cell["cell_type"] == "code"]

    def run(self, code: str) -> str:
        """Run a cell; the id of the widget that it shows, or nothing."""
        asked = self._send("execute_request", {"code": code, "silent": False, "allow_stdin": False})
        shown = ""
        for kind, content in self._until_idle(asked):
            assert kind != "error", content
            view = content.get("data", {}).get("application/vnd.jupyter.widget-view+json") if kind != "status" else None
            shown = view["model_id"] if view else shown
        return shown

    def printed(self, code: str) -> str:
        """Run code of one's own; what it prints."""
        asked = self._send("execute_request", {"code": code, "silent": False, "allow_stdin": False})
        return "".join(content["text"] for kind, content in self._until_idle(asked) if kind == "stream")

    def say(self, widget: str, **message: Any) -> list[dict[str, Any]]:
        """Tell a widget something, as its script in the browser does; what its traits are then, news by news."""
        data = {"method": "custom", "content": message | {"id": "1"}}
        asked = self._send("comm_msg", {"comm_id": widget, "data": data})
        news = [content["data"] for kind, content in self._until_idle(asked) if kind == "comm_msg"]
        return [one.get("state") or one.get("content") or {} for one in news]

    def _send(self, kind: str, content: Any) -> str:
        message = uuid.uuid4().hex
        header = {"msg_id": message, "msg_type": kind, "session": "class", "username": "", "version": "5.3", "date": ""}
        self.wire.send(
            json.dumps({"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"})
        )
        return message

    def _until_idle(self, asked: str) -> Iterator[tuple[str, Any]]:
        while True:
            told = json.loads(self.wire.recv())
            if told["parent_header"].get("msg_id") != asked or told["channel"] != "iopub":
                continue
            yield told["msg_type"], told["content"]
            if told["msg_type"] == "status" and told["content"]["execution_state"] == "idle":
                return
