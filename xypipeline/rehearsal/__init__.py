"""What would be if a policy or a version of the standard were another: nothing here writes anything."""
