"""The quarter as pages that open without a network: the attachment, and one page per hospital."""
