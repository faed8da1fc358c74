"""Adapters: one for each upstream source, from what it publishes to a tidy table."""
