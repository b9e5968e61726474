"""Screening: people, ships and firms in reports, held by name against a sanctions list of the
user's. What comes of it are candidates for a person to judge, never findings.

    list ─ entries ─┐
                    ├─ matching ─ candidates ─ decisions
    ledger ─ names ─┘
"""
