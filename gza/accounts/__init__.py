"""Users, roles, sign-in, the permission map."""
