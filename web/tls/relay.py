"""TLS comes off here: bytes between a browser and the pages' own Unix socket. One thread, a limited number of guests.

Waitress speaks no TLS, and a second web server would be a second reader of what strangers send. The pages see such a guest
as coming from no address at all, so never as the box's own screen.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from pathlib import Path
from socket import socket

MOST = 100  # connections, as many as waitress takes
_HANDSHAKE_SECONDS = 10.0
_PIECE = 64 * 1024


def context(folder: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.load_cert_chain(folder / "box.crt", folder / "box.key")
    return made


def start(listening: socket, tls: ssl.SSLContext, pages: Path) -> threading.Thread:
    """`listening`: bound; `pages`: the Unix socket of the pages. Ends with the process."""
    thread = threading.Thread(target=lambda: asyncio.run(_serve(listening, tls, pages)), daemon=True, name="https")
    thread.start()
    return thread


async def _serve(listening: socket, tls: ssl.SSLContext, pages: Path) -> None:
    places = asyncio.Semaphore(MOST)

    async def guest(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with places:
            await _carry(reader, writer, pages)

    server = await asyncio.start_server(guest, sock=listening, ssl=tls, ssl_handshake_timeout=_HANDSHAKE_SECONDS)
    async with server:
        await server.serve_forever()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pages: Path) -> None:
    try:
        answers, asks = await asyncio.open_unix_connection(pages)
    except OSError:  # the pages are ending
        writer.close()
        return
    there, back = (asyncio.create_task(_pump(*ways)) for ways in ((reader, asks), (answers, writer)))
    await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
    if not back.done():  # the browser asked all it wanted: the answer may still be on its way
        await asyncio.wait({back}, timeout=60)
    for task in (there, back):
        task.cancel()
    for one in (asks, writer):
        one.close()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while piece := await source.read(_PIECE):
            target.write(piece)
            await target.drain()
    except (OSError, ssl.SSLError):
        return
