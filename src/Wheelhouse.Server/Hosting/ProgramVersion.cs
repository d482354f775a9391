using System.Reflection;

namespace Wheelhouse.Server.Hosting;

/// <summary>The version of this program.</summary>
public static class ProgramVersion
{
    /// <summary>Such as <c>0.1.0</c>, without build metadata.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
