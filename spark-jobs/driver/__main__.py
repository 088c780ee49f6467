"""`python -m driver`: started by the gateway with the channel as file descriptor 3."""

from driver.main import main

main()
