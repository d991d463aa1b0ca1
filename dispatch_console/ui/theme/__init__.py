"""Colours, type and icons of the window: the one place that knows them."""
