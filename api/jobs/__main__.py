"""`python -m api.jobs`: a worker with the settings of the environment."""

import logging
import sys

from api.jobs.process import run_worker
from api.settings import Settings

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    sys.exit(run_worker(Settings()))
