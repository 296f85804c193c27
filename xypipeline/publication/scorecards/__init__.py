"""What data stewards act on: how each hospital and each table did against the rules in a quarter."""
