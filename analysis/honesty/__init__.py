"""Proofs that the book would notice: changed data, changed code, a second implementation."""
