"""What a batch has found out once and need not ask again."""


class Memo(dict):
    """Answers of one batch, handed on in the context of its records.

    No memo equals another, so that two batches never share an environment; what comes in by RPC is JSON and never a memo.

    >>> Memo() == Memo(), Memo() == {}
    (False, False)
    >>> memo = Memo()
    >>> memo.once("a", lambda: print("asked") or 1), memo.once("a", lambda: print("asked") or 2)
    asked
    (1, 1)
    """

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def once(self, key, ask):
        """Return the answer to `key`, from `ask()` the first time."""
        if key not in self:
            self[key] = ask()
        return self[key]

    @classmethod
    def of(cls, env, name):
        """Return the memo of that name in the context of `env`, None when there is none."""
        memo = env.context.get(name)
        return memo if isinstance(memo, cls) else None
