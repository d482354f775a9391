using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Holds the verbs about users.</summary>
internal sealed class UsersCommand : Command
{
    public UsersCommand(CliHost host) : base("users", "List, add, change and remove users")
    {
        Add(new UsersListCommand(host));
        Add(new UsersAddCommand(host));
        Add(new UsersChangeCommand(host));
        Add(new UsersRemoveCommand(host));
    }
}
