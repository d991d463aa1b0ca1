"""The page of drivers, vehicles and shifts: who works on which weekday, with what, and who is absent today."""
