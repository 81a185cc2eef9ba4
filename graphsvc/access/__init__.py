"""Who may ask what: keys for programs, with the right each has. Knows neither the graph nor the web."""
