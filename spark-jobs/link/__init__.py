"""How the gateway holds a process that may outlive it.

The process listens on a loopback port and says so in a file of its folder. A gateway attaches with
the secret of that folder, gets a snapshot of all there is, and then events. A gateway that dies
takes nothing with it: the next one attaches in the same way.
"""

from link.files import LinkRequest, read_request
from link.hold import Held, Link
from link.pump import LogPump

__all__ = ["Held", "Link", "LinkRequest", "LogPump", "read_request"]
