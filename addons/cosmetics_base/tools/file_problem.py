"""What can be wrong with a file, as a code and facts; the sentence for the clerk is made where the language is known."""


class FileProblem(Exception):
    """A file that cannot be read. ``code`` names the fault, ``facts`` hold the values for the sentence.

    >>> problem = FileProblem("too_big", name="a.csv", limit=1000)
    >>> problem.code, problem.facts["limit"]
    ('too_big', 1000)
    >>> str(problem)
    "too_big: name='a.csv', limit=1000"
    """

    def __init__(self, code, **facts):
        super().__init__(f"{code}: " + ", ".join(f"{name}={value!r}" for name, value in facts.items()))
        self.code = code
        self.facts = facts
