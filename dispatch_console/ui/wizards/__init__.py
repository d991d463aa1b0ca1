"""The panel of the wizards at the right: what happened, who takes over, where they meet; preview, accept."""

from dispatch_console.ui.wizards.panel import WIDTH, WizardPanel

__all__ = ["WIDTH", "WizardPanel"]
