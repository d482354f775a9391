namespace Wheelhouse.Server.Index.Maintenance.Verification;

/// <summary>What can be wrong with an index, as reports spell it.</summary>
internal static class FindingKinds
{
    /// <summary>The bytes of a file are not in the store.</summary>
    public const string Missing = "missing";

    /// <summary>The bytes in the store have another hash than the file.</summary>
    public const string Damaged = "damaged";

    /// <summary>The bytes cannot be read: the disk or the rights on it fail.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The bytes are right, but the index tells another size.</summary>
    public const string WrongSize = "wrong_size";

    /// <summary>The bytes are right, but the index tells another hash of the wheel's metadata.</summary>
    public const string WrongMetadata = "wrong_metadata";

    /// <summary>The bytes are right, but this version cannot read the metadata in them.</summary>
    public const string NoMetadata = "no_metadata";

    /// <summary>A row of the index that no page leads to.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>Bytes that no file of the index has.</summary>
    public const string Orphan = "orphan";

    /// <summary>What was being received when a server was killed.</summary>
    public const string Leftover = "leftover";

    /// <summary>Something in the store that Wheelhouse did not put there.</summary>
    public const string Foreign = "foreign";
}
