namespace Wheelhouse.Server.Builds;

/// <summary>The queue of builds of one project; the key is its normalised name.</summary>
internal interface IProjectGrain : IGrainWithStringKey
{
    /// <summary>Admits a build, which waits for its turn. Of a branch that is pushed, an older push that waits is superseded.</summary>
    Task<BuildAdmission> Request(BuildOrder order);

    /// <summary>Begins as many waiting builds as may run. Called when one was asked for or ended, and when a server starts.</summary>
    Task StartNext();
}

/// <summary>A build that is asked for.</summary>
[GenerateSerializer]
internal sealed record BuildOrder
{
    /// <summary>A full reference when a push is told of; else what a person named, or null for the default branch.</summary>
    [Id(0)] public string? Ref { get; init; }

    /// <summary>The commit that was pushed; null finds it when the build begins.</summary>
    [Id(1)] public string? Commit { get; init; }

    [Id(2)] public required string By { get; init; }

    /// <summary>One of <see cref="Contracts.Builds.BuildTriggers"/>.</summary>
    [Id(3)] public required string Trigger { get; init; }

    /// <summary>The git host's id of what it told, which is taken once; null when it has none.</summary>
    [Id(4)] public string? Delivery { get; init; }
}

/// <summary>What became of an order.</summary>
/// <param name="Build">The new build, the one that is known for the same, or empty when the project is gone.</param>
/// <param name="Outcome">Which of these.</param>
[GenerateSerializer]
internal sealed record BuildAdmission([property: Id(0)] string Build, [property: Id(1)] BuildAdmissionOutcome Outcome);

/// <summary>The outcomes of an order.</summary>
internal enum BuildAdmissionOutcome
{
    /// <summary>A new build waits for its turn.</summary>
    Admitted,

    /// <summary>The git host told the same before.</summary>
    Replayed,

    /// <summary>There is a build of the same commit and reference already.</summary>
    Known,

    /// <summary>The project was deleted meanwhile.</summary>
    Gone,
}
