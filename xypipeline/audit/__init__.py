"""Reads a bulletin as published, takes it apart into claims, and checks each of them."""
