"""Rows shaped for screens and scripts. Never writes."""
