"""What of a publication is done in processes of their own: it takes long to load, and a core is idle."""

from xypipeline.apart import Apart

# Great Expectations
ACCEPT = Apart("xypipeline.publication.acceptance.accept:accept")
# Word, Typst, and what reads PDF
WRITE_BULLETIN = Apart("xypipeline.publication.proof:write_bulletin")
# A JavaScript engine, which keeps its thread from all others
DRAW = Apart("xypipeline.publication.pages.drawing:draw_all")
ALL = (ACCEPT, WRITE_BULLETIN, DRAW)


def begin_all() -> None:
    """Have all of them loaded meanwhile, each where it was not begun yet."""
    for process in ALL:
        process.begin()
