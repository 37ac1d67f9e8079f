"""Which approval nodes a purchase has to pass. Plain Python: no database."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """What a node asks for; an empty set stands for every category or every warehouse.

    ``above`` is an amount in the currency of the company: the node asks for more than it, and 0 for any purchase at all.
    ``only_above_ceiling``: it asks for orders that are dearer than a ceiling or a contract allows.
    """

    node_id: int
    above: float = 0.0
    categories: frozenset = frozenset()
    warehouses: frozenset = frozenset()
    only_above_ceiling: bool = False


@dataclass(frozen=True)
class Facts:
    """What is known of a purchase: its amount in the currency of the company, its categories with all that they lie in, its warehouse."""

    amount: float
    categories: frozenset = frozenset()
    warehouse: int = 0
    is_above_ceiling: bool = False


def applies(node, facts):
    """Tell if a purchase has to pass a node.

    >>> applies(Node(1), Facts(0.0)), applies(Node(1, above=1000), Facts(1000.0)), applies(Node(1, above=1000), Facts(1000.01))
    (True, False, True)
    >>> applies(Node(1, categories=frozenset({7})), Facts(1.0, frozenset({3, 7}))), applies(Node(1, categories=frozenset({7})), Facts(1.0))
    (True, False)
    >>> [applies(Node(1, warehouses=frozenset({2})), Facts(1.0, warehouse=number)) for number in (2, 3)]
    [True, False]
    >>> [applies(Node(1, only_above_ceiling=True), Facts(1.0, is_above_ceiling=above)) for above in (True, False)]
    [True, False]
    """
    if node.only_above_ceiling and not facts.is_above_ceiling:
        return False
    if node.above and facts.amount <= node.above:
        return False
    if node.categories and not node.categories & facts.categories:
        return False
    return not node.warehouses or facts.warehouse in node.warehouses
