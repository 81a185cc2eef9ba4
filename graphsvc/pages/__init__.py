"""Pages for people, in Finnish, Swedish and English: plain HTML over the same functions as the API."""
