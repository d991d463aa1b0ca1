"""The window. Panes and pages get a `desk.Desk` and know nothing of each other; `shell` puts them together.

`theme` holds colours, type and icons, `widgets` the small parts all share, `models` the Qt models, `actions` the
one list that menus, keys and the palette read.
"""
