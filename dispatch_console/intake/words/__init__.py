"""Vocabulary as data: what the words of files mean, in the languages of the product.

Words are folded (lower case, no accents). To teach the program a word, add it to its list; nothing else.
"""
