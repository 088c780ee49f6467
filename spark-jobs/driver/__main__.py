"""`python -m driver FOLDER`: started by the gateway, which has left its request in the folder."""

from driver.main import main

main()
