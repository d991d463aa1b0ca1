"""The road engine, warm in a process of its own: it holds Python's lock while it reckons, and a damaged set would
end the process it is in.
"""
