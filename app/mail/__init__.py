"""Outbox row → message → delivery."""
