"""Short messages to people's work chat: what failed, where, whom to call; never a patient's data."""
