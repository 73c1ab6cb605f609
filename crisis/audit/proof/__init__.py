"""The parts of the audit pack's `verify.py`: Python 3.9 and later, standard library alone.

They share nothing with the code that writes the ledger, so that a mistake there is seen here.
"""
