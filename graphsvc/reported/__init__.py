"""A report in words: each module makes a section of one kind from results that are there already."""
