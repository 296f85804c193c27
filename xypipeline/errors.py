"""Every error that a user can cause or mend; shown without a traceback."""


class XyPipelineError(Exception):
    """Base of all expected errors: its text says what is wrong, where, and what to do."""


class PeriodError(XyPipelineError):
    """A period that is no day, quarter or range of days."""


class LandingError(XyPipelineError):
    """There is no landing folder where one is expected."""


class StandardError(XyPipelineError):
    """The data standard's files contradict themselves or each other."""


class RegistryError(XyPipelineError):
    """The register of hospitals or of their connections is malformed."""


class PolicyError(XyPipelineError):
    """The year's policy file is missing, or a value in it is out of bounds."""


class WarehouseError(XyPipelineError):
    """The warehouse cannot be opened: another process has it, or the file is damaged."""


class EncryptionError(XyPipelineError):
    """The warehouse's key cannot be used, or is not its key; the message never has the key."""


class SimulationError(XyPipelineError):
    """The uploads asked for cannot be simulated."""


class PublicationError(XyPipelineError):
    """The figures are not fit to be published."""


class NoticeError(XyPipelineError):
    """A notice could not be delivered, or the webhook's settings are wrong."""


class RunFailedError(XyPipelineError):
    """A Dagster run did not succeed; the message names its steps and the run."""


class RetentionError(XyPipelineError):
    """Rows are needed that were deleted after the time for which they are kept."""


class BackupError(XyPipelineError):
    """A backup cannot be written where it should be, or is not whole."""


class AuditError(XyPipelineError):
    """A bulletin cannot be read, or there are no figures to hold it against."""


class QuarantineError(XyPipelineError):
    """Quarantined rows were asked for that cannot be found, written or judged again."""


class RehearsalError(XyPipelineError):
    """There is nothing that a new version of the standard could be rehearsed with."""
