"""The account: signing in and out, and what a sync could not settle alone. Asks, never decides."""
