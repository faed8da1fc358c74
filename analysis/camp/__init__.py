"""Assessments of those who called for talks: one module for each subject."""
