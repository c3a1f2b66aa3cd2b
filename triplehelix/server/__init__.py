"""The server: a SPARQL endpoint that can stand in the open, the questions, and the pages.

Untrusted queries run in worker processes (:mod:`.worker`) that are started ahead, locked in
(:mod:`.jail`) over a read-only snapshot of a build (:mod:`.snapshots`), killed at the deadline and
replaced (:mod:`.pool`). :func:`triplehelix.server.application.create_application` makes the ASGI
application.
"""
