"""``python -m menurut``: the command line."""

import sys

from menurut.cli import main

sys.exit(main())
