"""A worker's process whose jobs are `quick_job`: what happens to runs is tested without solving any."""

import logging
import sys
from pathlib import Path

from api.jobs import child
from api.jobs.process import run_worker
from api.settings import Settings

if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    child.COMMAND[:] = [sys.executable, str(Path(__file__).with_name("quick_job.py"))]
    sys.exit(run_worker(Settings()))
