"""The import page: a file as it was found, what each column means, what is wrong with its rows, what it will do."""
