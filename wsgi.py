"""The application for a server. Run directly it serves with waitress, the scheduler inside."""

import gc
import signal
import sys

from waitress import serve

from tracker import create_app
from tracker.jobs import scheduler

app = create_app()
gc.freeze()  # what lives as long as the process is not searched for garbage again and again

if __name__ == "__main__":
    settings = app.config["SETTINGS"]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # stop as on Ctrl-C: finish what is under way
    ticking = scheduler.start(app)
    try:
        print(f"http://{settings.host}:{settings.port}", flush=True)
        # Nobody fills the disk with what no page would take.
        most = (settings.upload_mb + 2) * 1024 * 1024
        serve(
            app,
            host=settings.host,
            port=settings.port,
            threads=8,
            ident=None,
            max_request_body_size=most,
            clear_untrusted_proxy_headers=not settings.proxies,  # the application reads what it trusts of them
        )
    finally:
        scheduler.stop(app, ticking)
