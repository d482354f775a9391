using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wheelhouse.Cli;
using Wheelhouse.Contracts.Delivery;

namespace Wheelhouse.Tests.Cli.Commands;

public sealed class DeliveryCommandTests
{
    private static readonly DateTimeOffset From = new(2030, 1, 7, 0, 0, 0, TimeSpan.Zero);
    private static readonly DeliveryFigures Busy = new(12, 1.7143, 3, 0.25, new Spread(30, 7200, 90000), LeadTimeBases.Commits, new Spread(2, 1500, 3000), 1);
    private static readonly DeliveryFigures Quiet = new(0, 0, 0, null, null, null, null, 0);

    private static readonly DeliveryView View = new(
        From, From.AddDays(7), DeliveryBuckets.Week, null, Busy, [new DeliveryBucket(From, From.AddDays(7), Busy)],
        [new ServiceDelivery("billing", "payments", ["production"], Busy), new ServiceDelivery("shop", null, ["production"], Quiet)],
        [new TeamDelivery("payments", 1, Busy)]);

    [Fact]
    public async Task The_table_has_each_service_each_team_and_the_total()
    {
        var result = await RunAsync(View, "delivery");
        Assert.Equal(
            """
            2030-01-07 00:00 to 2030-01-14 00:00, the last environment of each service

                           Deployments  A day  Lead time  Change failures  Time to restore
            billing        12           1.71   2 h        25 % (3)         25 min, 1 not yet
            shop           0            -      -          -                -
            team payments  12           1.71   2 h        25 % (3)         25 min, 1 not yet
            in total       12           1.71   2 h        25 % (3)         25 min, 1 not yet

            """,
            string.Join('\n', result.Out.Split('\n').Select(line => line.TrimEnd())));
    }

    [Fact]
    public async Task That_lead_times_begin_with_the_publication_is_said()
    {
        var result = await RunAsync(View with { Total = Busy with { LeadTimeBasis = LeadTimeBases.Publication } }, "delivery");
        Assert.Contains("no commits are known", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_the_record_of_the_api() =>
        Assert.Equal(12, JsonDocument.Parse((await RunAsync(View, "delivery", "--json")).Out).RootElement.GetProperty("total").GetProperty("deployments").GetInt32());

    [Fact]
    public async Task The_choices_are_sent_and_csv_is_written_as_it_comes()
    {
        await using var api = await ApiDouble.StartAsync();
        var query = "";
        api.Routes["GET /api/delivery.csv"] = http =>
        {
            query = http.Request.QueryString.Value;
            return http.Response.WriteAsync("from,to\r\na,b\r\n");
        };
        using var cli = new CliRunner(api.Url);
        var result = await cli.RunAsync("delivery", "billing", "--csv", "--team", "payments", "--environment", "*", "--from", "2030-01-01", "--to", "2030-02-01", "--bucket", "day");
        Assert.Equal((ExitCodes.Success, "from,to\r\na,b\r\n"), (result.Code, result.Out));
        Assert.Equal("?service=billing&team=payments&environment=%2A&from=2030-01-01&to=2030-02-01&bucket=day", query);
        Assert.Equal(ExitCodes.Usage, (await cli.RunAsync("delivery", "--csv", "--json")).Code);
        Assert.Equal(ExitCodes.Usage, (await cli.RunAsync("delivery", "--bucket", "year")).Code);
    }

    [Fact]
    public async Task What_is_not_deployed_is_listed_by_release_with_its_commits()
    {
        await using var api = await ApiDouble.StartAsync();
        var commit = new CommitView(new string('a', 40), From, "Ada", "Round half to even");
        var view = new UndeployedView("billing", "production", "1.0", [new("1.2", From, null), new("1.1", From, [commit])], From);
        api.Routes["GET /api/services/billing/environments/production/undeployed"] = http => http.Response.WriteAsJsonAsync(view);
        using var cli = new CliRunner(api.Url);
        var result = await cli.RunAsync("undeployed", "billing", "production");
        foreach (var part in (string[])["production  runs 1.0; 2 newer releases with 1 commit, the oldest from", "its commits are not known", "1.1", "aaaaaaaaaa", "Ada", "Round half to even"])
            Assert.Contains(part, result.Out, StringComparison.Ordinal);
    }

    private static async Task<CliResult> RunAsync(DeliveryView view, params string[] line)
    {
        await using var api = await ApiDouble.StartAsync();
        api.Routes["GET /api/delivery"] = http => http.Response.WriteAsJsonAsync(view);
        using var cli = new CliRunner(api.Url);
        var result = await cli.RunAsync(line);
        Assert.True(result.Code == ExitCodes.Success, result.Error);
        return result;
    }
}
