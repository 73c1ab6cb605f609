"""What a use of the records raises while the database is away."""

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

AWAY = (SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""SQLAlchemy hands on what asyncpg raises while connecting as it is."""
