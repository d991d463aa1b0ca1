"""The sample depot lived through: a fixed script of what happens, told and answered by the usual services."""
