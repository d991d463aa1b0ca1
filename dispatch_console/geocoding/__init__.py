"""Addresses to places. So far `addresses.key`: what two ways of writing one address have in common, by which the
address book remembers a pin.
"""
