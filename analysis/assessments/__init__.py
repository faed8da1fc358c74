"""Assessments: one function for each claim, one module for each home chapter."""
