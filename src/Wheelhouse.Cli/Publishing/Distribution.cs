using System.Security.Cryptography;
using Wheelhouse.Contracts.Client;

namespace Wheelhouse.Cli.Publishing;

/// <summary>Reads a wheel or sdist as far as the upload form needs it. The server checks all of it again.</summary>
internal static class Distribution
{
    /// <summary>What to say about the file when uploading it.</summary>
    /// <exception cref="CliException">It is neither a wheel nor an sdist, or is damaged.</exception>
    public static async Task<Upload> ReadAsync(string path, CancellationToken token)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path)) throw new CliException(ExitCodes.Usage, $"There is no file {path}.", "Build it first: python -m build");
        var (fileType, python) = Kind(name);
        string metadata;
        try
        {
            metadata = fileType == "sdist" ? await SdistMetadata.ReadAsync(path, token) : await WheelMetadata.ReadAsync(path, token);
        }
        catch (InvalidDataException error)
        {
            throw new CliException(ExitCodes.Usage, $"{name} is damaged: {error.Message}", "Build it again: python -m build");
        }
        await using var content = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, token));
        return new Upload(name, fileType, python, hash, MetadataForm.Fields(metadata));
    }

    private static (string FileType, string PythonVersion) Kind(string name)
    {
        if (name.EndsWith(".tar.gz", StringComparison.Ordinal)) return ("sdist", "source");
        var parts = Path.GetFileNameWithoutExtension(name).Split('-');
        if (name.EndsWith(".whl", StringComparison.Ordinal) && parts.Length is 5 or 6) return ("bdist_wheel", parts[^3]);
        throw new CliException(ExitCodes.Usage, $"{name} is neither a wheel (.whl) nor an sdist (.tar.gz).", "Publish what `python -m build` left in dist/");
    }
}
