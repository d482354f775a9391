namespace Wheelhouse.Server.Index.Uploads;

/// <summary>
/// From which build an upload comes: the field <c>build</c> of the form, as <c>wheelhouse publish</c> sends it, or <c>?build=…</c> behind the address, which
/// every client can be given.
/// </summary>
internal static class UploadBuild
{
    private const int MaxLength = 500;

    /// <summary>Reads it; null when it is not said.</summary>
    /// <exception cref="Hosting.Http.ApiException">It is too long, or holds control characters.</exception>
    public static string? Read(HttpRequest request, UploadForm form)
    {
        var build = form.Field("build") ?? request.Query["build"].FirstOrDefault();
        if (string.IsNullOrWhiteSpace(build)) return null;
        return build.Length <= MaxLength && !build.Any(char.IsControl)
            ? build.Trim()
            : throw UploadRefusals.BadBuild(MaxLength);
    }
}
