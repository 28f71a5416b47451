"""`python -m turnus.jobs`, with the job's folder on stdin: see `turnus.jobs.child`."""

import sys

from turnus.jobs.child import main

if __name__ == "__main__":
    sys.exit(main())
