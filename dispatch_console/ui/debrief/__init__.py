"""The debrief page: a returned sheet, all by keyboard and scanner."""
