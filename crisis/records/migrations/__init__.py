"""The steps by which the database came to its present shape (Alembic).

The next one is written by `alembic revision --autogenerate -m "what changes" --rev-id 0002` against
a database at head (`PHATNGON_DATABASE_URL`). Until the first release, `versions/0001_*.py` is
written anew from the tables by `python -m crisis.records.migrations.first`.
"""
