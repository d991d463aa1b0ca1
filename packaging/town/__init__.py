"""The sample depot's region: Lindmoor and its eight neighbours, which exist nowhere, as an OpenStreetMap extract.

`region.make()` draws it, always the same; `write.to_pbf` writes it. A program for developers: nothing imports it at
run time. Lengths are kilometres east and north of Lindmoor's market until `write` turns them into degrees.
"""
