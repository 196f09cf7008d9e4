"""Toggl Track as it really answers, in memory: strict, stateful, and as unreliable as asked.

`TrackServer.handle` is the whole server without a socket, in whatever time it is told;
`Loopback` puts it on a port of this computer, `InProcess` under an httpx client. No clock, no
randomness, no network of its own. What a user of the API cannot see (which local row a POST came
from) is kept beside each row as its `origin`, for tests that look for doubles.
"""

from tests.support.track.faults import Fault, Seen
from tests.support.track.loopback import Loopback
from tests.support.track.reply import Reply
from tests.support.track.server import TrackServer
from tests.support.track.transport import InProcess
from tests.support.track.world import User, World

__all__ = ["Fault", "InProcess", "Loopback", "Reply", "Seen", "TrackServer", "User", "World"]
