"""Other validators at the same work as ours: the same checks of the same rows, each in a process of its own.

What runs in a peer's environment (`worker`, `checks`, `in_*`, `tools`) imports nothing of xypipeline.
"""
