"""A writer's work done beside the main one, on another core."""

from __future__ import annotations

import os
from collections.abc import Callable


def beside(job: Callable[[], bytes]) -> Callable[[], bytes]:
    """Start a job in a forked child; the returned function waits for its bytes.

    Where there is no fork or no second core, or the child fails, the job runs here when its bytes are asked for.
    """
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        return job
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reader)
            data = job()
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(data)
            status = 0
        finally:
            os._exit(status)
    os.close(writer)

    def wait() -> bytes:
        with os.fdopen(reader, "rb") as pipe:
            data = pipe.read()
        _, status = os.waitpid(child, 0)
        return data if status == 0 else job()

    return wait
