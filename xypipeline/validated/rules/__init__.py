"""What breaks each rule, as expressions over conformed frames; one module per domain of the standard."""
