"""A context value that no client can send."""


class CountLines(dict):
    """{id of a stock entry: id of the line of a count that adjusts it}. A client may send anything in the context, but never this."""
