"""Wording: the numbers of each chapter as finished strings, and the texts of its figures.

A chapter holds no typed number: its prose names the strings made here, and the title,
source line and text alternative of a figure are written from the same measures that the
figure draws.
"""
