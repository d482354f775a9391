namespace Wheelhouse.Server.Web.Packages;

/// <summary>The commands that publish to this index and install from it. Pure.</summary>
/// <param name="address">The server's address for people, without a slash at its end.</param>
internal sealed class IndexCommands(string address)
{
    /// <summary>Uploads with Wheelhouse's own command, which knows the server once one is logged in.</summary>
    public const string Publish = "wheelhouse publish dist/*";

    /// <summary>Uploads with twine.</summary>
    public string Twine => $"twine upload --repository-url {address}/legacy/ dist/*";

    /// <summary>Installs a project with pip. Over plain http pip takes nothing from another machine unless it is told to.</summary>
    public string Install(string project)
    {
        var url = new Uri(address);
        var trust = url.Scheme == Uri.UriSchemeHttps || url.IsLoopback ? "" : $"--trusted-host {url.Host} ";
        return $"pip install {trust}--index-url {address}/simple/ {project}";
    }
}
