"""Pure parsers, one subject each: a cell goes in; a value, None for an empty cell, or a `Fault` comes out."""
