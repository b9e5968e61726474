"""Drawings of what a ledger holds: pure functions from the answers of queries to SVG.

A drawing has no script and no style of its own: classes say what a thing is, the desk's style
sheet how it looks. Every word that stands in one is escaped here.
"""
