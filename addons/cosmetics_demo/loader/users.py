"""One user for each role, and the employee behind it."""

from ..logins import PASSWORD


def load(demo):
    """Create the users; their stores come with the stores."""
    internal = demo.core("base.group_user")
    new = [row["login"] for row in demo.plan["users"] if demo.is_new("user", row["login"])]
    demo.put(
        "res.users",
        "user",
        {
            row["login"]: {
                "login": row["login"],
                "name": row["name"],
                "lang": "zh_CN",
                "tz": "Asia/Shanghai",
                "function": row["title"],
                "company_id": demo.company.id,
                "company_ids": [(6, 0, demo.company.ids)],
                "group_ids": [(6, 0, (internal | demo.core(row["group"])).ids)],
                "notification_type": "inbox",
                "action_id": demo.core(row["home"]).id,
                "odoobot_state": "disabled",
            }
            for row in demo.plan["users"]
        },
    )
    set_password(demo, new)
    hire(demo)


def set_password(demo, logins):
    """Give users the demo password. It is hashed once for all of them: a hash takes half a second, on purpose."""
    encrypted = demo.env.user._crypt_context().hash(PASSWORD)
    for login in logins:
        user = demo.get("user", login)
        user._set_encrypted_password(user.id, encrypted)


def hire(demo):
    """Make employees of the users: the owner leads all, and the store manager the clerks."""
    logins = [row["login"] for row in demo.plan["users"]]
    vals = {
        login: {"name": demo.get("user", login).name, "user_id": demo.get("user", login).id, "company_id": demo.company.id}
        for login in logins
    }
    demo.put("hr.employee", "employee", vals)
    for login in logins:
        leader = "manager" if login.startswith("clerk") else "owner"
        employee = demo.get("employee", login)
        if login != leader and not employee.parent_id:
            employee.parent_id = demo.get("employee", leader)
