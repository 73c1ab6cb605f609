"""The office itself: model, records, ways in and out, words. No Prefect, no web."""
