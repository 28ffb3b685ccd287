"""What the site must come through: processes that are killed, disks that are full, and whatever anybody may send."""
