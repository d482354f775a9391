using System.Collections;
using System.Text.RegularExpressions;
using Wheelhouse.Server.Hosting.Programs;

namespace Wheelhouse.Server.Inventory.Ansible;

/// <summary>
/// Ansible's commands with the surroundings of one query: an empty home, no configuration but the named one, no <c>ANSIBLE_…</c> variables of the
/// server, and everything an error that Ansible would only warn of while it leaves hosts out.
/// </summary>
internal sealed partial class AnsibleCommands : IDisposable
{
    private const string Install = "Install Ansible on the server; on Debian: apt install ansible-core.";
    private const string Fix = "Try the same on the server with ansible-inventory, and correct the inventory or the query.";

    private readonly string _home;
    private readonly List<string> _arguments;
    private readonly string _pattern;
    private readonly Dictionary<string, string?> _variables;

    public AnsibleCommands(AnsibleOptions options, InventoryFiles files)
    {
        _arguments = [.. options.Inventory.SelectMany(path => new[] { "-i", files.Check(path) })];
        if (options.VaultPasswordFile is { } vault) _arguments.AddRange(["--vault-password-file", files.Check(vault)]);
        _pattern = options.Hosts;
        var config = options.Config is { } named ? files.Check(named) : null;
        _home = Directory.CreateTempSubdirectory("wheelhouse-ansible-").FullName;
        _variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key)
            .Where(name => name.StartsWith("ANSIBLE_", StringComparison.Ordinal)).ToDictionary(name => name, string? (_) => null, StringComparer.Ordinal);
        _variables["ANSIBLE_CONFIG"] = config ?? WriteEmptyConfiguration();
        _variables["ANSIBLE_INVENTORY_UNPARSED_FAILED"] = "true";
        _variables["ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED"] = "true";
        _variables["ANSIBLE_HOST_PATTERN_MISMATCH"] = "error";
        _variables["ANSIBLE_NOCOLOR"] = "true";
        _variables["HOME"] = _home;
        _variables["LC_ALL"] = "C.UTF-8"; // Ansible refuses to run in another encoding.
    }

    /// <summary>What is known of all hosts, as JSON.</summary>
    public Task<ReadOnlyMemory<byte>> ListAsync(CancellationToken cancellationToken) =>
        RunAsync("ansible-inventory", [.. _arguments, "--list"], cancellationToken);

    /// <summary>
    /// The hosts that the pattern means. It is also given as the limit, which changes nothing in them: without one, Ansible prints a list of no hosts
    /// where a part of the pattern is wrong, and not the reason.
    /// </summary>
    public Task<ReadOnlyMemory<byte>> MatchAsync(CancellationToken cancellationToken) =>
        RunAsync("ansible", [.. _arguments, "--list-hosts", $"--limit={_pattern}", "--", _pattern], cancellationToken);

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private string WriteEmptyConfiguration()
    {
        var path = Path.Combine(_home, "ansible.cfg");
        File.WriteAllText(path, "");
        return path;
    }

    private Task<ReadOnlyMemory<byte>> RunAsync(string name, IReadOnlyList<string> arguments, CancellationToken cancellationToken) => InventoryPrograms.AskAsync(async () =>
    {
        var start = new ProgramStart(ProgramRunner.Find(name, Install), arguments, _home) { Variables = _variables };
        var result = await ProgramRunner.RunAsync(start, cancellationToken);
        return (result with { Name = name, Errors = Unquote(result.Errors) }).Require(Fix);
    });

    /// <summary>Ansible quotes the line that it could not read, and a line of an inventory may hold a password. Its lines are broken at 79 characters.</summary>
    private static string Unquote(string errors) => QuotedLine().Replace(WhiteSpace().Replace(errors, " ").Replace(" ERROR! ", "\nERROR! ", StringComparison.Ordinal), "");

    [GeneratedRegex(@" The offending line appears to be:.*?\^ here|, got: .*?(?=\[WARNING\]|\nERROR!|$)", RegexOptions.Singleline, 1000)]
    private static partial Regex QuotedLine();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex WhiteSpace();
}
