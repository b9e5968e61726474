"""The web desk: pages over a ledger, rendered here, with small scripts and nothing fetched.

``app.make_app`` puts it together. A page is a module under ``pages`` with ``routes`` and, where it
stands in the navigation, an ``entry``; its handlers are plain functions, each run in a thread.
"""
