"""The form of one order, at the side of the window: new by phone, or an earlier one to change."""
