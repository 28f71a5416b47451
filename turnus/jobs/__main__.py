"""`python -m turnus.jobs FOLDER`: see `turnus.jobs.child`."""

import sys
from pathlib import Path

from turnus.jobs.child import main

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
