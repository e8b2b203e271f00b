class LockError(Exception):
    """Files could not be locked; the message says why."""


class ScheduleError(Exception):
    """A schedule could not be made, listed or taken away; the message says why."""


class LockTimeout(LockError, TimeoutError):
    """The time was up before the files were free; the message names who holds them."""


class LockLost(LockError):
    """The process that held the lock was ended inside the block, so that others may have used the files."""


class TaskError(Exception):
    """A task or a role could not be had; the message says why."""


class TaskTimeout(TaskError, TimeoutError):
    """The time was up before the tasks had finished; they go on."""


class BadRequest(TaskError, ScheduleError, LockError, ValueError):
    """What a caller gave is not as it has to be; the message names it as the caller wrote it. It is an error of each kind of call."""
