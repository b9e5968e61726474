"""Watching: feeds polled politely, read and added to the ledger; what matches an alert is told.

plan ─ schedule ─ fetching ─ intake ─▶ ledger ─ changes ─ alerts ─ channels
"""
