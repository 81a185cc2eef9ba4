"""Work that would take long: a table of jobs that outlives restarts, and those who do them. Knows not what they do."""
