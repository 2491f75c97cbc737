"""Contract kits and toy parts, shipped for plug-in authors."""
