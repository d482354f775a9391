using Microsoft.AspNetCore.Components;

namespace Wheelhouse.Server.Web.Live;

/// <summary>A text that says how long ago something was or how long it has taken: it is shown anew only when another second made it another text.</summary>
public abstract class TickingText : ComponentBase, IDisposable
{
    /// <summary>What is shown.</summary>
    protected string Text { get; private set; } = "";

    /// <summary>The clock of the page.</summary>
    [Inject]
    protected PageClock Clock { get; set; } = null!;

    /// <summary>The text as it is now.</summary>
    protected abstract string Say();

    /// <inheritdoc/>
    public void Dispose()
    {
        Clock.Ticked -= Tick;
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => Clock.Ticked += Tick;

    protected override void OnParametersSet() => Text = Say();

    private void Tick()
    {
        if (Say() == Text) return;
        _ = InvokeAsync(() =>
        {
            Text = Say();
            StateHasChanged();
        });
    }
}
