using Wheelhouse.Server.Access.Passwords;

namespace Wheelhouse.Tests.Access;

public sealed class PasswordHasherTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hashes_with_the_cost_beside_it_and_a_salt_of_its_own()
    {
        using var hasher = new PasswordHasher();
        var stored = await hasher.HashAsync("pässword", Cancelled);
        Assert.Matches(@"^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$", stored);
        Assert.NotEqual(stored, await hasher.HashAsync("pässword", Cancelled));
        Assert.True(await hasher.VerifyAsync("pässword", stored, Cancelled));
        Assert.False(await hasher.VerifyAsync("password", stored, Cancelled));
        Assert.False(await hasher.VerifyAsync("pässword", null, Cancelled));
        Assert.False(PasswordHasher.IsOutdated(stored));
    }

    /// <summary>Made by the reference implementation: <c>printf password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32 -e</c>.</summary>
    [Fact]
    public async Task Checks_what_was_hashed_at_another_cost_by_another_program()
    {
        const string stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        using var hasher = new PasswordHasher();
        Assert.True(await hasher.VerifyAsync("password", stored, Cancelled));
        Assert.False(await hasher.VerifyAsync("passwore", stored, Cancelled));
        Assert.True(PasswordHasher.IsOutdated(stored));
        Assert.Equal(stored, PasswordHash.Parse(stored).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("password")]
    [InlineData("$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    public void What_is_no_hash_is_refused_without_being_told(string stored)
    {
        var refusal = Assert.Throws<FormatException>(() => PasswordHash.Parse(stored));
        Assert.Equal("A stored password is not a hash of Argon2id.", refusal.Message);
    }
}
