"""The ledger for an assistant, by the Model Context Protocol: to look up and to cite, no more.

``tools`` says what can be asked, ``wording`` puts answers into lines in which the words of reports
are marked as quotations, ``server`` speaks the protocol (``menurut[mcp]``).
"""
