"""Takes a service off the node's running state: what a failed first deploy comes back to."""
import os

import wheelhouse_node_control as control
import wheelhouse_node_service as service
from wheelhouse_node_files import remove, sync_folder
from wheelhouse_node_request import Deadline


def deactivate(node, request, args):
    """Stops the processes, the last one first, and removes `current`."""
    deadline = Deadline(args.get("timeout_s", 120))
    current = node.root.current_release()
    stopped = []
    for process in reversed(args["processes"]):
        master = service.find(node, process)
        if master:
            request.progress("stopping %s" % process["name"])
            control.stop(node, request, process, master, current, None, deadline)
            stopped.append(process["name"])
        remove(node.root.in_state("run", process["name"] + ".json"))
    remove(node.root.current)
    remove(node.root.in_state("current.json"))
    sync_folder(os.path.dirname(node.root.current))
    return {"stopped": stopped}
