"""What keeps a long reading: its output, where it stopped, and what failed."""
