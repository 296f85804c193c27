"""The data standard that hospitals must meet: data first, little code."""
