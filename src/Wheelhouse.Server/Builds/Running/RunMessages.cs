using System.Text.Json;
using System.Text.RegularExpressions;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>What a run in a sandbox is asked to do; see the payload's <c>wheelhouse_build.py</c>.</summary>
internal sealed record RunRequest(string Run, string Commit, string Folder, string? Version, string Project, string? Test, long Time, RunLimits Limits);

/// <summary>The limits that the payload keeps itself, so that less is sent in vain.</summary>
internal sealed record RunLimits(int Line, long Output, int Processes, long Disk);

/// <summary>What a sandbox tells. Nothing of it is to be believed: each may come from the project's code.</summary>
internal sealed record RunMessage(string? Event)
{
    /// <summary>Deeper than the payload ever nests.</summary>
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { MaxDepth = 8 };

    public string? Step { get; init; }

    public IReadOnlyList<string?>? Lines { get; init; }

    public string? Key { get; init; }

    public string? Kind { get; init; }

    public string? Name { get; init; }

    public byte[]? Data { get; init; }

    public bool? Tests { get; init; }

    public RunFailure? Failure { get; init; }

    /// <exception cref="BuildFailedException">It is no message.</exception>
    public static RunMessage Read(in System.Buffers.ReadOnlySequence<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            return JsonSerializer.Deserialize<RunMessage>(ref reader, Options) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new BuildFailedException("bad_message", "The build disturbed the conversation of its sandbox with the server.", "Does the project's code write to file descriptors that it did not open?");
        }
    }
}

/// <summary>Why a run failed, as it says itself.</summary>
internal sealed partial record RunFailure(string? Code, string? Message, string? Fix)
{
    private const int Longest = 1000;

    /// <summary>The same as people and programs may read it, whoever said it: short, and with nothing that a terminal would obey.</summary>
    public BuildFailure ToFailure() => new(
        Code is not null && Word().IsMatch(Code) ? Code : "build_failed", OutputFilter.Clean(Message ?? "The build failed.", Longest), Fix is null ? null : OutputFilter.Clean(Fix, Longest));

    [GeneratedRegex("^[a-z_]{1,40}$", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
