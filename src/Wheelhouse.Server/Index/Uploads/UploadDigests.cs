using System.Security.Cryptography;
using Konscious.Security.Cryptography;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Index.Uploads;

/// <summary>Compares the digests that a form may promise of its file: twine sends three, uv one.</summary>
internal static class UploadDigests
{
    private const int BlakeBits = 256;

    /// <exception cref="ApiException">The file has another digest: it was changed on its way.</exception>
    public static async Task CheckAsync(UploadForm form, ReceivedFile file, CancellationToken token)
    {
        Compare(form, "sha256_digest", "SHA-256", file.Sha256);
        // The upload protocol's, of no worth against attackers: it finds what a broken line changed.
#pragma warning disable CA5351
        if (form.Field("md5_digest") is not null)
            Compare(form, "md5_digest", "MD5", await HashAsync(MD5.Create(), file, token));
#pragma warning restore CA5351
        if (form.Field("blake2_256_digest") is not null)
            Compare(form, "blake2_256_digest", "BLAKE2b", await HashAsync(new HMACBlake2B(BlakeBits), file, token));
    }

    private static async Task<string> HashAsync(HashAlgorithm algorithm, ReceivedFile file, CancellationToken token)
    {
        using (algorithm)
        {
            return Convert.ToHexStringLower(await algorithm.ComputeHashAsync(file.Open(), token));
        }
    }

    private static void Compare(UploadForm form, string field, string kind, string actual)
    {
        if (form.Field(field) is { } sent && !string.Equals(sent, actual, StringComparison.OrdinalIgnoreCase))
            throw UploadRefusals.WrongDigest(field, kind);
    }
}
