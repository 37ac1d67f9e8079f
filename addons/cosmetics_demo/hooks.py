from .loader import load


def post_init_hook(env):
    """Create the demo company in the main company of the database."""
    load(env)
