"""The last gate before publication: Great Expectations suites over each hospital's figures."""
