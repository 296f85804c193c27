"""Where a published figure comes from: definition, inputs, policy values and the arithmetic."""
