"""Who reads, and where: on this machine (``local``), or on a cluster (``cluster``, with Ray).

All give the same results, byte for byte; ``menurut.pipeline`` is what each of them runs.
"""
