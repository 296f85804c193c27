"""The bulletin (通报) in the official form: words from a template, figures from the quarter."""
