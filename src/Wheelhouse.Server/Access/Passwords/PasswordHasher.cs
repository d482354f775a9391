using System.Security.Cryptography;
using System.Text;
using Konscious.Security.Cryptography;

namespace Wheelhouse.Server.Access.Passwords;

/// <summary>
/// Hashes passwords with Argon2id (RFC 9106) and checks them. Each takes 19 MiB and about 50 ms of a processor, so there are never more at
/// once than processors; the others wait.
/// </summary>
internal class PasswordHasher : IDisposable
{
    private const int SaltBytes = 16;

    private const int HashBytes = 32;

    private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);

    /// <summary>Stands in for the password of a name that does not exist; nothing hashes to it on purpose.</summary>
    private readonly PasswordHash _decoy = new(new Argon2Cost(), RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));

    /// <summary>Hashes a new password.</summary>
    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var cost = new Argon2Cost();
        return new PasswordHash(cost, salt, await ComputeInTurnAsync(password, salt, cost, cancellationToken)).ToString();
    }

    /// <summary>Whether a password is the one that was hashed. It takes as long when there is none.</summary>
    /// <param name="password">What somebody entered.</param>
    /// <param name="stored">What <see cref="HashAsync"/> returned; null when there is no such user, which no password fits.</param>
    /// <param name="cancellationToken">Ends waiting for a turn.</param>
    public async Task<bool> VerifyAsync(string password, string? stored, CancellationToken cancellationToken)
    {
        var expected = stored is null ? _decoy : PasswordHash.Parse(stored);
        var actual = await ComputeInTurnAsync(password, expected.Salt, expected.Cost, cancellationToken);
        return CryptographicOperations.FixedTimeEquals(actual, expected.Hash) && stored is not null;
    }

    /// <summary>Whether a hash cost something else than one of today; hash the password again when it is at hand.</summary>
    public static bool IsOutdated(string stored) => PasswordHash.Parse(stored).Cost != new Argon2Cost();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _slots.Dispose();
    }

    protected virtual async Task<byte[]> ComputeAsync(string password, byte[] salt, Argon2Cost cost)
    {
        using var argon2 = new Argon2id(Encoding.UTF8.GetBytes(password))
        {
            Salt = salt,
            MemorySize = cost.MemoryKib,
            Iterations = cost.Passes,
            DegreeOfParallelism = cost.Lanes,
        };
        return await argon2.GetBytesAsync(HashBytes);
    }

    private async Task<byte[]> ComputeInTurnAsync(string password, byte[] salt, Argon2Cost cost, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            return await ComputeAsync(password, salt, cost);
        }
        finally
        {
            _slots.Release();
        }
    }
}
