using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Secrets;

/// <summary>Knows what names secrets. A feature whose documents may name one implements this.</summary>
public interface ISecretUse
{
    /// <summary>What names which secret.</summary>
    /// <param name="context">Where to look.</param>
    /// <returns>The secret's name, and what uses it, such as <c>the channel ops-chat</c>.</returns>
    IEnumerable<(string Secret, string User)> Find(WheelhouseContext context);

    /// <summary>A secret has a new value: what failed for want of the right one may be tried again. Part of the change that sets it.</summary>
    /// <param name="context">Where to write.</param>
    /// <param name="secret">Its name.</param>
    void Renew(WheelhouseContext context, string secret)
    {
    }
}
