using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Storage;

public sealed class DatabaseWriterTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.StartAsync(Token);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_change_that_fails_is_rolled_back_alone_and_its_caller_gets_the_exception()
    {
        var before = _database.Writer.WriteAsync(context => Add(context, "before"), Token);
        var failing = _database.Writer.WriteAsync(context =>
        {
            Add(context, "half");
            context.SaveChanges();
            throw new InvalidDataException("on purpose");
        }, Token);
        var after = _database.Writer.WriteAsync(context => Add(context, "after"), Token);
        await before;
        await after;
        Assert.Equal("on purpose", (await Assert.ThrowsAsync<InvalidDataException>(() => failing)).Message);
        Assert.Equal(["before", "after"], await MessagesAsync());
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_fails_its_own_change_only()
    {
        await _database.Writer.WriteAsync(context => context.Add(Row("first", id: 7)), Token);
        var twice = _database.Writer.WriteAsync(context => context.Add(Row("twice", id: 7)), Token);
        var next = _database.Writer.WriteAsync(context => Add(context, "next"), Token);
        await Assert.ThrowsAsync<DbUpdateException>(() => twice);
        await next;
        Assert.Equal(["first", "next"], await MessagesAsync());
    }

    [Fact]
    public async Task Changes_of_one_caller_are_applied_in_their_order()
    {
        await Task.WhenAll(Enumerable.Range(0, 300).Select(number => _database.Writer.WriteAsync(context => Add(context, $"{number}"), Token)));
        Assert.Equal(Enumerable.Range(0, 300).Select(number => $"{number}"), await MessagesAsync());
    }

    [Fact]
    public async Task Two_thousand_writes_at_once_are_all_durable_when_acknowledged()
    {
        await Parallel.ForAsync(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 200, CancellationToken = Token }, async (number, token) =>
            await _database.Writer.WriteAsync(context => Add(context, $"{number}"), token));
        Assert.Equal(2000, (await MessagesAsync()).Distinct(StringComparer.Ordinal).Count());
    }

    private static void Add(WheelhouseContext context, string message) => context.Add(Row(message));

    private static EventRow Row(string message, long id = 0) => new() { Id = id, Type = EventTypes.NodeLog, Message = message };

    private async Task<List<string>> MessagesAsync()
    {
        await using var context = await _database.Services.GetRequiredService<IDbContextFactory<WheelhouseContext>>().CreateDbContextAsync(Token);
        return await context.Set<EventRow>().OrderBy(row => row.Id).Select(row => row.Message).ToListAsync(Token);
    }
}
