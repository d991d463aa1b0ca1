"""The panel of the wizards at the right: what happened, who takes over, where they meet; preview, accept."""
