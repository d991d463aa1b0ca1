"""The hour in which the vans leave: what to look at before, and telling that they are out or back."""
