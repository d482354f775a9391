using System.Diagnostics;
using System.IO.Pipelines;
using System.Text.Json;
using Wheelhouse.Server.Hosting.Programs;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>One run of the payload in a sandbox of its own, from its start until nothing of it is left.</summary>
internal sealed class SandboxRun(SandboxStarter starter, TimeProvider time)
{
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(5);

    /// <summary>What a message counts beside its bytes, so that there is an end of empty ones too.</summary>
    private const int PerMessage = 100;

    /// <summary>Runs it.</summary>
    /// <param name="plan">The sandbox.</param>
    /// <param name="request">What it is to do.</param>
    /// <param name="hear">Takes each message; what it returns is the answer, when there is one.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>Its last message.</returns>
    /// <exception cref="BuildFailedException">It failed, or passed a limit.</exception>
    /// <exception cref="SandboxException">There is no sandbox to be had.</exception>
    public async Task<RunMessage> RunAsync(SandboxPlan plan, RunRequest request, Func<RunMessage, Task<object?>> hear, CancellationToken token)
    {
        using var process = await starter.StartAsync(SandboxCommand.For(plan, [plan.Python, "-I", "-u", "/wheelhouse/payload/wheelhouse_build.py"]));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var errors = ErrorText.ReadAsync(process.StandardError);
        var watch = SandboxWatch.WaitAsync(process.Id, plan.Limits, time, stop.Token);
        var talk = TalkAsync(process, plan.Limits, request, hear, stop.Token);
        RunMessage? last;
        try
        {
            var first = await Task.WhenAny(talk, watch);
            last = first == watch ? throw new BuildFailedException(await watch) : await talk;
        }
        finally
        {
            await stop.CancelAsync();
            await EndAsync(process);
            await Task.WhenAll(talk, watch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (last is null) throw new BuildFailedException("build_crashed", $"The build ended without saying how. {(await errors).Trim()}".TrimEnd());
        if (last.Event != "end") throw new SandboxException($"The sandbox did not start: {(await errors).Trim()}");
        return last.Failure is { } failure ? throw new BuildFailedException(failure.ToFailure()) : last;
    }

    /// <returns>The message that says the end; null when there was none, and an empty one when there was no message at all.</returns>
    private static async Task<RunMessage?> TalkAsync(Process process, BuildLimits limits, RunRequest request, Func<RunMessage, Task<object?>> hear, CancellationToken token)
    {
        var output = PipeReader.Create(process.StandardOutput.BaseStream);
        await AnswerAsync(process, request, token);
        RunMessage? found = new((string?)null);
        var left = MostBytes(limits);
        try
        {
            await foreach (var line in Lines.ReadAsync(output, () => { }, token))
            {
                found = null;
                left -= line.Length + PerMessage;
                if (left < 0) throw new BuildFailedException("bad_message", "The build told its sandbox's server more than a build within its limits can have to tell.");
                var message = RunMessage.Read(line);
                if (message.Event == "end") return message;
                if (message.Event == "begin") continue;
                if (await hear(message) is { } answer) await AnswerAsync(process, answer, token);
            }
        }
        catch (InvalidDataException)
        {
            throw new BuildFailedException("bad_message", "The build disturbed the conversation of its sandbox with the server.");
        }

        return found;
    }

    /// <summary>Files come in base64, and a character of output as up to six: more than that and its dues has nobody to say who keeps the limits.</summary>
    private static long MostBytes(BuildLimits limits) => (2 * limits.Disk) + (8 * limits.Output) + (64L << 20);

    private static async Task AnswerAsync(Process process, object answer, CancellationToken token)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(answer, JsonSerializerOptions.Web), (byte)'\n'], token);
            await process.StandardInput.BaseStream.FlushAsync(token);
        }
        catch (IOException) // It is over already; its output says why.
        {
            await Task.CompletedTask;
        }
    }

    /// <summary>Ends all of it: the end of the first process in a process namespace is the end of all (pid_namespaces(7)).</summary>
    private async Task EndAsync(Process process)
    {
        var inside = ProcessTree.Of(process.Id).Processes;
        process.Kill();
        await process.WaitForExitAsync();
        var until = time.GetUtcNow() + GoneWithin;
        while (inside.Any(ProcessTree.IsAlive) && time.GetUtcNow() < until) await Task.Delay(LookAgain, time);
    }
}
