using System.Security.Cryptography;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Versions;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Index.Distributions;
using Wheelhouse.Server.Index.Distributions.Archives;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>Takes the files of a build out of its sandbox, and looks whether they are what they should be.</summary>
internal sealed class BuildFiles(BuildJob job, long maxUnpacked) : IAsyncDisposable
{
    private const int LargestReport = 16 << 20;

    private readonly List<DistributionFileName> _names = [];
    private FileStream? _file;
    private MemoryStream? _report;
    private bool _isReport;
    private long _left = job.Limits.Disk;

    /// <summary>The wheel's path.</summary>
    public string Wheel => Path.Combine(job.Output, _names.OfType<WheelFileName>().Single().Text);

    /// <summary>The JUnit XML that the tests wrote; null when they wrote none.</summary>
    public MemoryStream? Report => _report;

    /// <summary>Begins a file.</summary>
    /// <exception cref="BuildFailedException">Its name is that of no wheel or sdist, or it is a second one.</exception>
    public async Task BeginAsync(string? kind, string? name, bool isTest)
    {
        await EndAsync();
        _isReport = isTest;
        if (isTest)
        {
            _report = new MemoryStream();
            return;
        }

        if (kind != "artefact" || name is null || name.Contains('/') || !DistributionFileName.TryParse(name, out var parsed) || _names.Exists(other => other.GetType() == parsed.GetType()))
            throw new BuildFailedException("bad_artefact", "The build made something that is neither one sdist nor one wheel.", "Let it make one of each.");
        _names.Add(parsed);
        _file = new FileStream(Path.Combine(job.Output, parsed.Text), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        });
    }

    /// <summary>Adds to the file that was begun.</summary>
    /// <exception cref="BuildFailedException">There is none, or it is too large.</exception>
    public async Task AddAsync(byte[]? data, CancellationToken token)
    {
        if (data is null || (_isReport ? _report : (Stream?)_file) is not { } stream) throw new BuildFailedException("bad_message", "The build sent a part of no file.");
        _left -= data.Length;
        if (_left < 0 || (_isReport && stream.Length + data.Length > LargestReport)) throw new BuildFailedException("bad_artefact", "The build's files are larger than its disk, or its report of tests larger than 16 MiB.");
        await stream.WriteAsync(data, token);
    }

    /// <summary>Reads all files as the index does when they are uploaded.</summary>
    /// <exception cref="BuildFailedException">One is bad, of another project, or of another version.</exception>
    public async Task<IReadOnlyList<BuiltFile>> CheckAsync(CancellationToken token)
    {
        await EndAsync();
        if (_names.Count != 2) throw new BuildFailedException("bad_artefact", "The build did not make one sdist and one wheel.");
        var files = new List<BuiltFile>();
        foreach (var name in _names) files.Add(await CheckAsync(name, token));
        return files;
    }

    public ValueTask DisposeAsync() => new(EndAsync());

    private async Task<BuiltFile> CheckAsync(DistributionFileName name, CancellationToken token)
    {
        if (name.Project.Normalized != job.Project)
            throw new BuildFailedException("wrong_project", $"{name.Text} is a file of the project {name.Project.Normalized}; this is {job.Project}.", "Correct the name in pyproject.toml, or the project's settings.");
        var wanted = job.Version is { } version ? PythonVersion.Parse(version) : _names[0].Version;
        if (name.Version != wanted)
            throw new BuildFailedException("wrong_version", $"{name.Text} was built where version {wanted} was wanted.", "Write the version in pyproject.toml, or have setuptools-scm find it.");
        await using var stream = File.OpenRead(Path.Combine(job.Output, name.Text));
        var limits = new UnpackLimits(maxUnpacked);
        try
        {
            var contents = name is WheelFileName wheel ? await WheelReader.ReadAsync(stream, wheel, limits, token) : await SdistReader.ReadAsync(stream, (SdistFileName)name, limits, token);
            if (!contents.Metadata.Name.Equals(name.Project) || contents.Metadata.Version != name.Version)
                throw new BuildFailedException("wrong_project", $"The metadata of {name.Text} say {contents.Metadata.Name.Text} {contents.Metadata.Version}.", "The build backend must name the file as its metadata do.");
        }
        catch (BadDistributionException problem)
        {
            throw new BuildFailedException("bad_artefact", $"{name.Text}: {problem.Message}", problem.Fix);
        }

        stream.Position = 0;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, token));
        return new BuiltFile(name.Text, name.Version.ToString(), stream.Length, sha256);
    }

    private async Task EndAsync()
    {
        if (_file is not null) await _file.DisposeAsync();
        _file = null;
    }
}
