"""Results that the processes of one installation share: as plain text on the disk, bounded in size."""
