"""Language: from a news text to the events, participants and times that it reports."""
