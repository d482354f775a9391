namespace Wheelhouse.Testing;

/// <summary>Where things are in the repository that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string Fixtures => Path.Combine(Root, "test", "fixtures");

    public static string Samples => Path.Combine(Root, "samples");

    /// <summary>A program as it was built with the tests.</summary>
    /// <param name="project">Its project, such as <c>Wheelhouse.Cli</c>.</param>
    /// <param name="name">Its file name, such as <c>wheelhouse</c>.</param>
    public static string Program(string project, string name)
    {
        // …/bin/<configuration>/<framework>/ is the same for every project of one build.
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(Root, "src", project, "bin", output.Parent!.Name, output.Name, name);
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Wheelhouse.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
