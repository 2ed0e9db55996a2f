"""How Alembic reaches the database: on a connection from adapters/schema.py, or by -x url=…."""

from alembic import context
from sqlalchemy import Connection

from bot.adapters.schema import exclusively, options
from bot.adapters.storage import open_store


def run(connection: Connection) -> None:
    context.configure(connection=connection, **options(connection))
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    store = open_store(context.get_x_argument(as_dictionary=True)["url"])
    with exclusively(store.engine) as connection:
        run(connection)
    store.close()
