using Wheelhouse.Contracts.Client;

namespace Wheelhouse.Cli.Following;

/// <summary>Asks again while a server is away. Only for questions that may be asked twice.</summary>
internal static class Patience
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Asks until there is an answer, for so long at most.</summary>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask, TimeSpan atMost, TimeProvider time, CancellationToken token)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception error) when (IsAway(error) && !token.IsCancellationRequested && time.GetElapsedTime(start) < atMost)
            {
                await Task.Delay(Pause, time, token);
            }
        }
    }

    /// <inheritdoc cref="AskAsync{T}"/>
    public static Task AskAsync(Func<Task> ask, TimeSpan atMost, TimeProvider time, CancellationToken token) =>
        AskAsync(
            async () =>
            {
                await ask();
                return true;
            },
            atMost, time, token);

    private static bool IsAway(Exception error) =>
        error is HttpRequestException or IOException or WheelhouseApiException { Problem.Status: 408 or 429 or 502 or 503 or 504 };
}
