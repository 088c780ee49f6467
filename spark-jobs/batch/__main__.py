"""`python -m batch FOLDER`: started by the gateway, which has left its request in the folder."""

from batch.main import main

main()
