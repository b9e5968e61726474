"""Votes in a body: on what, how many for and against, who, who vetoed, and what came of it."""

from menurut.record.votes.finding import Poll, find_polls, find_votes

__all__ = ["Poll", "find_polls", "find_votes"]
