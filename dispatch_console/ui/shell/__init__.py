"""The frame of the window: toolbar, panes, pages, status bar. It knows no rule and no pane from inside."""
