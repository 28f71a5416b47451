"""A job's process that solves nothing: it counts to a number, a step at a time, and goes on where it was.

Every step is written to the file in the environment, so that a test sees what was done, and by whom.
"""

import json
import os
import time

from turnus.jobs.child import asked_folder, end_with_the_parent, heed_signals, teller

STEP_SECONDS = 0.02


def main() -> None:
    folder = asked_folder()
    if folder is None:
        return
    asked = json.loads((folder / "job.json").read_text())
    tell, stopped = teller(), heed_signals()
    end_with_the_parent()
    steps = asked["options"]["effort"]
    if steps == 666:  # a job that always breaks down
        os._exit(9)
    best = folder / "best-so-far.csv"
    done = int(best.read_text()) if best.exists() else 0
    while done < steps and not stopped.is_set():
        time.sleep(STEP_SECONDS)
        done += 1
        written = best.with_suffix(".new")
        written.write_text(str(done))
        written.replace(best)  # as a real job does: whoever reads it finds all of it
        tell({"event": "kept", "file": best.name})
        tell(
            {
                "event": "progress",
                "phase": "rota",
                "goal": "uncovered",
                "value": float(steps - done),
                "bound": 0.0,
            }
        )
    (folder / "out").mkdir()
    (folder / "out" / "result.json").write_text(json.dumps({"done": done, "seconds": asked["seconds"]}))
    file = {"name": "result.json", "media_type": "application/json"}
    tell({"event": "finished", "status": "optimal", "summary": f"{done}", "goals": [], "files": [file]})


if __name__ == "__main__":
    main()
