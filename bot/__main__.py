"""`python -m bot` is the `tsunagi` command."""

from bot.cli import main

main()
