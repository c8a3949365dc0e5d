from portal.config.env_vars import InvalidSetting, read_dotenv
from portal.config.environment import INTERFACE_LANGUAGES, VARIABLES
from portal.config.reading import misspelt_names, read_environment

__all__ = [
    "INTERFACE_LANGUAGES",
    "InvalidSetting",
    "misspelt_names",
    "read_dotenv",
    "read_environment",
    "VARIABLES",
]
