"""The first page of a node: agreements with their countdown, the inbox, the outbox, differences."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from servanda.doors import answers
from servanda.doors.calendar import calendar
from servanda.doors.http.peers import problem
from servanda.doors.web.strip import strip
from servanda.errors import ServandaError
from servanda.model.status import Answer, Holds, Standpoint, Status
from servanda.model.when import zone
from servanda.node import views
from servanda.node.house import Node
from servanda.node.law import Law, instant_of

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def local_app(node: Node) -> Starlette:
    """Return the application of the listener for this party's own officers, on loopback."""
    pages = Environment(
        loader=PackageLoader("servanda.doors.web"), autoescape=True, undefined=StrictUndefined
    )

    async def home(_request: Request) -> Response:
        found = await anyio.to_thread.run_sync(_home, node)
        return HTMLResponse(pages.get_template("home.html").render(**found), headers=HEADERS)

    async def instrument(request: Request) -> Response:
        name = request.path_params["name"]
        found = await anyio.to_thread.run_sync(_instrument, node, name)
        return HTMLResponse(pages.get_template("instrument.html").render(**found), headers=HEADERS)

    async def style(_request: Request) -> Response:
        body = pages.get_template("style.css").render()
        return Response(body, media_type="text/css", headers={"Cache-Control": "max-age=300"})

    async def status(request: Request) -> Response:
        name, at = request.path_params["name"], request.query_params.get("at")
        return JSONResponse(await anyio.to_thread.run_sync(_status, node, name, at), headers=HEADERS)

    async def feed(_request: Request) -> Response:
        body = await anyio.to_thread.run_sync(_feed, node)
        return Response(body, media_type="text/calendar; charset=utf-8", headers=HEADERS)

    return Starlette(
        routes=[
            Route("/", home),
            Route("/instruments/{name}", instrument),
            Route("/style.css", style),
            Route("/api/v1/status/{name}", status),
            Route("/deadlines.ics", feed),
        ],
        exception_handlers={ServandaError: problem},
        # Only by these names: a page of another site must not reach a node through a browser.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
    )


def _home(node: Node) -> dict[str, Any]:
    at = node.now()
    with node.reading() as connection:
        law = Law(node.registry(connection))
        received = views.items(connection, "received")
        released = views.releases(connection)
        waiting = views.outbox(connection)
    peers = {peer.party for peer in node.config.peers} | {node.party}
    rows: list[dict[str, Any]] = []
    matters: list[dict[str, Any]] = []
    for name, one in law.registry.instruments.items():
        bound = {*one.parties, *(law.registry.parties[code].part_of for code in one.parties)}
        if node.party not in bound:
            continue
        standpoint = Standpoint(at, at)
        found = law.status(name, standpoint)
        answer = answers.status(found, one, standpoint)
        ends = min((value.ends for value in found.values if value.ends), default=None)
        matters += _matters(name, found)
        rows.append(
            {
                "status": answer,
                "left": _left(ends.utc - at.utc) if ends else "",
                "near": bool(bound & peers - {node.party}),
                "strip": strip(law, one, at),
            }
        )
    rows.sort(key=lambda row: (not row["left"], not row["near"], row["status"]["instrument"]))
    return {
        "party": node.party,
        "name": law.registry.party(node.party).name,
        "at": at.within(zone(law.registry.party(node.party).seat)),
        "driven": node.clock_name == "driven",
        "rows": rows,
        "received": received,
        "released": released,
        "waiting": waiting,
        "differences": views.differences(node),
        "matters": matters,
    }


def _matters(instrument: str, found: Answer[Status]) -> list[dict[str, Any]]:
    """Return the acts whose condition does not certainly hold: matters between the parties, each once."""
    hanging = {one.act: one for value in found.values for one in value.hanging}
    return [
        {"instrument": instrument, **answers.hanging(one)}
        for one in hanging.values()
        if one.holds is not Holds.HOLDS
    ]


def _left(left: Any) -> str:  # noqa: ANN401 - a timedelta
    hours, rest = divmod(left.seconds, 3600)
    return f"{left.days} d {hours} h {rest // 60} min" if left.days else f"{hours} h {rest // 60} min"


def _instrument(node: Node, name: str) -> dict[str, Any]:
    at = node.now()
    with node.reading() as connection:
        law = Law(node.registry(connection))
    one = law.registry.instrument(name)
    standpoint = Standpoint(at, at)
    return {
        "party": node.party,
        "instrument": one,
        "text": one.texts[-1],
        "status": answers.status(law.status(name, standpoint), one, standpoint),
        "sentences": law.explain(name, standpoint),
        "acts": answers.acts(law.acts(name, standpoint), one),
        "life": strip(law, one, at),
        "driven": node.clock_name == "driven",
    }


def _status(node: Node, name: str, words: str | None) -> dict[str, Any]:
    now = node.now()
    at = now if words is None else instant_of(words)
    with node.reading() as connection:
        law = Law(node.registry(connection))
    standpoint = Standpoint(at, now)
    return answers.status(law.status(name, standpoint), law.registry.instrument(name), standpoint)


def _feed(node: Node) -> bytes:
    at = node.now()
    with node.reading() as connection:
        law = Law(node.registry(connection))
    return calendar(law.deadlines(None, Standpoint(at, at)), law.registry, at)
