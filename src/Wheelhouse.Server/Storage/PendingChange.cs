namespace Wheelhouse.Server.Storage;

/// <summary>A change in the writer's queue.</summary>
internal abstract class PendingChange
{
    /// <summary>Applies the change and sends it to the database; false when it threw and must be rolled back.</summary>
    public abstract bool TryApply(WheelhouseContext context);

    /// <summary>Tells the caller how it ended, now that the transaction is committed.</summary>
    public abstract void Acknowledge();

    /// <summary>Tells the caller that the transaction failed.</summary>
    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class PendingChange<T>(Func<WheelhouseContext, T> change) : PendingChange
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private T _result = default!;

    public Task<T> Completion => _completion.Task;

    public override bool TryApply(WheelhouseContext context)
    {
        try
        {
            _result = change(context);
            context.SaveChanges();
            return true;
        }
        catch (Exception exception)
        {
            _failure = exception;
            return false;
        }
    }

    public override void Acknowledge()
    {
        if (_failure is null) _completion.TrySetResult(_result);
        else _completion.TrySetException(_failure);
    }

    public override void Fail(Exception exception) => _completion.TrySetException(_failure ?? exception);
}
