"""One order through all its days: where it is, and everything that happened to it, in order of time.

`history` loads and puts together; `facts` and `plan` turn what the store has into lines; `standing` says where it
is.
"""
