"""What panes show of a day, without a widget: Qt models, short words, marks, and work for idle moments."""
