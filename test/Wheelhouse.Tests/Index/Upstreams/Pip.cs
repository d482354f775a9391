namespace Wheelhouse.Tests.Index.Upstreams;

/// <summary>Debian's pip, without a cache or settings of its own.</summary>
internal static class Pip
{
    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["PIP_CONFIG_FILE"] = "/dev/null",
        ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1",
        ["PIP_NO_INPUT"] = "1",
        ["PIP_NO_CACHE_DIR"] = "1",
        ["PIP_RETRIES"] = "0",
    };

    public static Task<string> CheckAsync(params string[] arguments) =>
        ChildProcess.CheckAsync("/usr/bin/python3", ["-m", "pip", "--isolated", .. arguments], TestContext.Current.CancellationToken, Environment);
}
