"""An ASGI application in, its answers on a port out, until somebody says stop."""

import gc
import resource
import signal
from dataclasses import replace
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from .connection import Connection
from .limits import Limits
from .logs import write_logs
from .memory import overwrite_what_is_freed

#: Files that are open beside the connections: the database, and the threads that read it.
FILES = 512
#: Longer than any request of ours takes, the geocoder's two attempts included.
DRAIN_SECONDS = 15


def listen(app: ASGIApp, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM; then answer what is here, and let the application end."""
    write_logs()
    overwrite_what_is_freed()
    limits = Limits()
    limits = replace(limits, connections=_room_for(limits.connections))
    # What is loaded by now stays for good. Each time the collector looked through it all, nobody
    # was answered for a tenth of a second.
    gc.collect()
    gc.freeze()
    # uvicorn listens to them while it runs. Before and afterwards there is nothing to interrupt,
    # and both end with 0.
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    server(app, host, port, limits).run()


class Server(uvicorn.Server):
    """uvicorn's, which drops what is not answered yet when it is interrupted twice. Ours ends as
    soon as it can, however often it is told to.
    """

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end, unless that has begun."""
        if not self.should_exit:
            super().handle_exit(sig, frame)


def server(app: ASGIApp, host: str, port: int, limits: Limits) -> Server:
    """A server that is yet to run. It logs its own faults, and nothing about clients."""
    connection = type("Connection", (Connection,), {"limits": limits})
    return Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            loop="uvloop",
            http=connection,
            ws="none",
            lifespan="on",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=DRAIN_SECONDS,
        )
    )


def _room_for(connections: int) -> int:
    """How many of these connections the system lets us hold open; it is asked for all of them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * connections + FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return min(connections, (max(soft, wanted) - FILES) // 2)
