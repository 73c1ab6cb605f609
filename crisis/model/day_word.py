"""A day as it is written in a sentence, in both languages."""

from datetime import date

from crisis.model.words import Words, words

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def day_words(day: date) -> Words:
    """ "05/02/2027" and "5 February 2027"."""
    return words(f"{day:%d/%m/%Y}", f"{day.day} {MONTHS[day.month - 1]} {day.year}")
