"""``zhenggai serve``: the web server, a few processes with threads."""

import argparse
from pathlib import Path
from typing import Any

HELP = "启动网页服务"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只接受本机访问")
    parser.add_argument("--port", type=port_number, default=8000, help="端口，默认 8000")
    parser.add_argument("--workers", type=int, default=2, help="进程数，默认 2")


def port_number(written: str) -> int:
    """Read a port from the command line; argparse says what is wrong with any other."""
    port = int(written)
    if not 0 < port < 65536:  # noqa: PLR2004  # what a port can be
        raise argparse.ArgumentTypeError(f"端口须在 1 至 65535 之间，不能是 {written}")
    return port


def run(options: argparse.Namespace) -> int:
    """Check the database and serve until stopped."""
    from zhenggai.config.database import make_ready

    make_ready()
    serve(options.host, options.port, options.workers)
    return 0


def serve(host: str, port: int, workers: int = 2) -> None:
    """Serve the application with gunicorn until stopped."""
    from gunicorn.app.base import BaseApplication

    from zhenggai.config.wsgi import application

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            chosen = {
                "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": 4,
                "timeout": 300,  # a large document is read within the request
                "graceful_timeout": 20,
                "worker_tmp_dir": _memory_folder(),
                "loglevel": "warning",
                "proc_name": "zhenggai",
                "control_socket_disable": True,
                "post_worker_init": _begin_daily,
            }
            for name, value in chosen.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    Server().run()


def _begin_daily(_: Any) -> None:
    """In each worker, since threads do not survive the making of workers."""
    from zhenggai.config import daily

    daily.start()


def _memory_folder() -> str | None:
    """Where gunicorn's workers show that they live: in memory if there is such a folder, so that a slow disk does not kill them."""
    shared = Path("/dev/shm")  # noqa: S108  # the kernel's, not one that we make
    return str(shared) if shared.is_dir() else None
