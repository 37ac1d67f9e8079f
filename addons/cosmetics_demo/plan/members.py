"""What the members of the demo company have told the shop: plain Python, no database."""

from .dice import dice

SKIN_TYPES = ("dry", "oily", "combination", "normal", "sensitive")
# Most members are new; few have spent much.
TIERS = ("basic",) * 6 + ("silver",) * 3 + ("gold",) * 2 + ("diamond",)


def profile(row):
    """Return the profile of a member of the plan; the tier is what an earlier system had given.

    >>> profile({"ref": "m001"}) == profile({"ref": "m001"})
    True
    >>> sorted(profile({"ref": "m002"}))
    ['agrees_to_sms', 'birthday', 'joined_days_ago', 'skin_type', 'tier']
    """
    random = dice("profile", row["ref"])
    return {
        "birthday": f"{random.randint(1972, 2006)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}",
        "skin_type": random.choice(SKIN_TYPES),
        "tier": random.choice(TIERS),
        "agrees_to_sms": random.random() < 0.6,
        "joined_days_ago": random.randint(5, 700),
    }
