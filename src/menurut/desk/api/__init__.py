"""The ledger's queries as JSON: one module a resource, each declared once.

A resource says what may be asked (a struct), what is answered (another) and how. From that come
the checks of a request, the OpenAPI description and the tools of the MCP server; only
``endpoints`` and ``routes`` know of HTTP.
"""
