"""Hooks: commands before and after an activation, such as drain and undrain."""
import wheelhouse_node_commands as commands
from wheelhouse_node_request import Deadline, NodeError


def command(node, request, args):
    release = args.get("release")
    manifest = node.root.manifest(release) if release else None
    words = commands.split(node, args["command"], release, manifest["version"] if manifest else None)
    done = commands.run(node, request, words, Deadline(args.get("timeout_s", 60)), args.get("environment"))
    if commands.is_sudo_refusal(node, done):
        raise commands.sudo_refused(node, done.tail[-1])
    if done.exit_code:
        raise NodeError("command_failed", "%s ended with exit code %d\n%s" % (args["name"], done.exit_code, "\n".join(done.tail)),
                        exit_code=done.exit_code)
    return {"exit_code": 0}
