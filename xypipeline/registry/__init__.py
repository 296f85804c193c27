"""Who must upload, and who was connected to which platform, from when to when."""
