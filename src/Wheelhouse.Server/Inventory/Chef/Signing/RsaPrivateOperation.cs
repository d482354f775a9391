using System.Numerics;
using System.Security.Cryptography;

namespace Wheelhouse.Server.Inventory.Chef.Signing;

/// <summary>
/// What OpenSSL calls <c>RSA_private_encrypt</c>, on which versions 1.0 and 1.1 of Chef's protocol rest: the message itself with the padding of
/// RFC 8017, 9.2, but without the hash's identifier in front of it. .NET signs only with one, so the RSA operation is written out here.
/// </summary>
internal static class RsaPrivateOperation
{
    /// <summary>The padding takes at least so many bytes.</summary>
    private const int LeastPadding = 11;

    /// <summary>Encrypts a message with the private key.</summary>
    /// <exception cref="CryptographicException">The message is longer than the key allows.</exception>
    public static byte[] Encrypt(RSA key, ReadOnlySpan<byte> message)
    {
        var size = (key.KeySize + 7) / 8;
        if (message.Length > size - LeastPadding)
            throw new CryptographicException($"A key of {key.KeySize} bits signs at most {size - LeastPadding} bytes, but these are {message.Length}.");
        var padded = new byte[size];
        padded.AsSpan(1, size - message.Length - 2).Fill(0xff);
        padded[1] = 1;
        message.CopyTo(padded.AsSpan(size - message.Length));

        var parameters = key.ExportParameters(includePrivateParameters: true);
        var modulus = Read(parameters.Modulus);
        var exponent = Read(parameters.Exponent);
        // Blinding: how long the operation takes then says nothing about the key (BigInteger's time depends on its values).
        var blind = Read(RandomNumberGenerator.GetBytes(size - 1)) + 2;
        var blinded = Read(padded) * BigInteger.ModPow(blind, exponent, modulus) % modulus;
        var signature = BigInteger.ModPow(blinded, Read(parameters.D), modulus) * Invert(blind, modulus) % modulus;

        var written = signature.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[size - written.Length], .. written];
    }

    /// <summary>The inverse by the extended Euclidean algorithm; a number that has none would be a factor of the key.</summary>
    private static BigInteger Invert(BigInteger value, BigInteger modulus)
    {
        var (r, next) = (modulus, value % modulus);
        var (t, nextT) = (BigInteger.Zero, BigInteger.One);
        while (!next.IsZero)
        {
            var quotient = r / next;
            (r, next) = (next, r - quotient * next);
            (t, nextT) = (nextT, t - quotient * nextT);
        }

        return t.Sign < 0 ? t + modulus : t;
    }

    private static BigInteger Read(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
