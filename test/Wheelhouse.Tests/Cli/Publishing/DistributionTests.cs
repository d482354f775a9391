using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Wheelhouse.Cli;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Tests.Cli.Publishing;

public sealed class DistributionTests : IDisposable
{
    private const string Metadata = "Metadata-Version: 2.1\nName: hello\nVersion: 1.0\nClassifier: A\nClassifier: B\nRequires-Dist: x\n (>=1)\n\nThe text.\n";

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_wheel_is_sent_with_the_metadata_it_holds()
    {
        await using var api = await ApiDouble.StartAsync();
        IFormCollection? form = null;
        api.Routes["POST /legacy/"] = async http => form = await http.Request.ReadFormAsync(http.RequestAborted);
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync("publish", Wheel());

        Assert.Equal("hello-1.0-py3-none-any.whl  published\n", result.Out);
        Assert.NotNull(form);
        Assert.Equal("file_upload", form[":action"]);
        Assert.Equal("bdist_wheel", form["filetype"]);
        Assert.Equal("py3", form["pyversion"]);
        Assert.Equal("hello", form["name"]);
        Assert.Equal("A,B", form["classifiers"]);
        Assert.Equal("x\n(>=1)", form["requires_dist"]);
        Assert.Equal("The text.", form["description"]);
        Assert.Equal(64, form["sha256_digest"].ToString().Length);
        Assert.Equal("hello-1.0-py3-none-any.whl", form.Files["content"]!.FileName);
    }

    [Fact]
    public async Task An_existing_file_is_an_error_unless_told_to_skip_it()
    {
        await using var api = await ApiDouble.StartAsync();
        api.Routes["POST /legacy/"] = http => ApiDouble.ProblemAsync(http, new ApiProblem { Status = 400, Code = "file_exists", Detail = "File already exists" });
        var wheel = Wheel();

        using var strict = new CliRunner(api.Url);
        Assert.Equal(ExitCodes.Usage, (await strict.RunAsync("publish", wheel)).Code);
        using var lenient = new CliRunner(api.Url);
        Assert.Equal(0, (await lenient.RunAsync("publish", "--skip-existing", wheel)).Code);
    }

    [Theory]
    [InlineData("hello.txt")]
    [InlineData("hello-1.0-py3-none-any.whl")]
    [InlineData("hello-1.0.tar.gz")]
    public async Task What_is_no_distribution_is_refused_before_anything_is_sent(string name)
    {
        await using var api = await ApiDouble.StartAsync();
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync("publish", _folder.Write(name, "not an archive"));

        Assert.Equal(ExitCodes.Usage, result.Code);
        Assert.Contains("python -m build", result.Error, StringComparison.Ordinal);
        Assert.Empty(api.Requests);
    }

    public void Dispose() => _folder.Dispose();

    private string Wheel()
    {
        var path = _folder["hello-1.0-py3-none-any.whl"];
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using var entry = zip.CreateEntry("hello-1.0.dist-info/METADATA").Open();
        entry.Write(Encoding.UTF8.GetBytes(Metadata));
        return path;
    }
}
