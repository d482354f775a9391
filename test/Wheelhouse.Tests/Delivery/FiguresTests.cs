using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Server.Delivery.Deployments;
using Wheelhouse.Server.Delivery.Figures;
using static Wheelhouse.Tests.Delivery.Rollouts;

namespace Wheelhouse.Tests.Delivery;

public sealed class FiguresTests
{
    [Fact]
    public void Of_no_deployment_there_is_nothing_to_say() =>
        Assert.Equal(new DeliveryFigures(0, 0, 0, null, null, null, null, 0), FiguresOf.All([], TimeSpan.FromDays(7)));

    [Fact]
    public void The_rate_is_the_share_of_the_deployments_that_failed()
    {
        var figures = FiguresOf.All(Read(Deploy(1, "1.0"), Deploy(2, "1.1"), Revert(3, "1.0", "1.1"), Failed(4, "1.2"), Deploy(5, "1.3")), TimeSpan.FromDays(2));
        Assert.Equal((4, 2.0, 2, 0.5, 0), (figures.Deployments, figures.DeploymentsPerDay, figures.Failed, figures.ChangeFailureRate, figures.Unrestored));
        Assert.Equal(new Spread(2, 4500, 5220), figures.TimeToRestore); // an hour and an hour and a half
    }

    [Theory]
    [InlineData(new double[] { 7 }, 7, 7)]
    [InlineData(new double[] { 4, 1 }, 2.5, 3.7)]
    [InlineData(new double[] { 5, 1, 9 }, 5, 8.2)]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, 6, 10)]
    public void Percentiles_lie_between_the_nearest_values(double[] seconds, double median, double p90) =>
        Assert.Equal(new Spread(seconds.Length, median, p90), FiguresOf.SpreadOf(seconds.Select(TimeSpan.FromSeconds)));

    [Fact]
    public void Times_since_commits_and_since_publications_are_never_mixed()
    {
        var commits = new Deployment("billing", "production", "1.0", At(1)) { LeadTimes = [TimeSpan.FromHours(1)], LeadTimeBasis = LeadTimeBases.Commits };
        var published = new Deployment("billing", "production", "1.1", At(2)) { LeadTimes = [TimeSpan.FromHours(9)], LeadTimeBasis = LeadTimeBases.Publication };
        Assert.Equal((LeadTimeBases.Commits, 3600.0), Basis([published, commits]));
        Assert.Equal((LeadTimeBases.Publication, 32400.0), Basis([published]));
    }

    private static (string?, double?) Basis(IReadOnlyList<Deployment> deployments)
    {
        var figures = FiguresOf.All(deployments, TimeSpan.FromDays(1));
        return (figures.LeadTimeBasis, figures.LeadTime?.Median);
    }
}
