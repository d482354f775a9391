using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>Tells rollouts' ids from services' names.</summary>
internal static class RolloutIds
{
    private const int Length = 26;

    /// <summary>Refuses what cannot be the id of a rollout (a ULID).</summary>
    /// <param name="text">What was given.</param>
    /// <param name="otherwise">The command line that was probably meant.</param>
    /// <exception cref="CliException">It is not an id.</exception>
    public static void Check(string text, string otherwise)
    {
        if (text.Length != Length || !text.All(char.IsAsciiLetterOrDigit))
        {
            throw new CliException(ExitCodes.Usage, $"'{text}' is not the id of a rollout.", $"Write the id (26 letters and digits), or: {otherwise}");
        }
    }

    /// <summary>The id given alone, or the active rollout of a service and environment.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static async Task<string> FindAsync(CommandContext context, string subject, string? environment, CancellationToken token)
    {
        if (environment is null)
        {
            Check(subject, $"{subject} ENV");
            return subject;
        }
        var place = await Places.FindAsync(context, subject, environment, token);
        return place.ActiveRollout ?? throw new CliException(
            ExitCodes.Refused, $"No rollout of {subject} is active in {environment}.", $"See what happened: wheelhouse history {subject} {environment}");
    }
}
