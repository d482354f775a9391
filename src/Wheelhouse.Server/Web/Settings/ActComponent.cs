using Microsoft.AspNetCore.Components;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Web.Settings;

/// <summary>A part of a page that acts: one act at a time, by whoever is signed in at that moment, with the refusal kept to be shown.</summary>
public abstract class ActComponent : ComponentBase
{
    /// <summary>Why the last act was refused, or null.</summary>
    protected ApiException? Problem { get; private set; }

    /// <summary>Whether an act is under way.</summary>
    protected bool IsBusy { get; private set; }

    [Inject]
    private CallerAccessor Callers { get; set; } = null!;

    /// <summary>Acts as whoever is signed in.</summary>
    protected async Task ActAsync(Func<Caller, Task> act)
    {
        if (IsBusy) return;
        (IsBusy, Problem) = (true, null);
        try
        {
            await act(await Callers.RequireAsync());
        }
        catch (ApiException problem)
        {
            Problem = problem;
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <summary>Acts if an admin is signed in.</summary>
    /// <param name="action">What it is, to follow "may not".</param>
    /// <param name="act">The act.</param>
    protected Task AsAdminAsync(string action, Func<Caller, Task> act) => ActAsync(caller =>
    {
        caller.RequireMayAdminister(action);
        return act(caller);
    });
}
