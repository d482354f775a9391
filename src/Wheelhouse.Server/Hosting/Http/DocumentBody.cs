using System.Text;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Hosting.Http;

/// <summary>Reads the text of a request: UTF-8, whatever its media type says, and not more than a document may have.</summary>
internal static class DocumentBody
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads it.</summary>
    /// <exception cref="ApiException">422: it is too large or not UTF-8.</exception>
    public static async Task<string> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[DocumentFile.MaxBytes + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > DocumentFile.MaxBytes) throw Invalid([new DocumentError(1, 0, "", "The file is larger than 1 MiB.", "Split it into several files.")]);
        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException exception)
        {
            var line = bytes.AsSpan(0, Math.Clamp(exception.Index, 0, length)).Count((byte)'\n') + 1;
            throw Invalid([new DocumentError(line, 0, "", "The line has bytes that are not UTF-8.", "Save the file as UTF-8.")]);
        }
    }

    /// <summary>The refusal of a file with errors.</summary>
    public static ApiException Invalid(IReadOnlyList<DocumentError> errors)
    {
        var count = errors.Count == 1 ? "an error" : $"{errors.Count} errors";
        return new ApiException(422, ProblemCodes.InvalidDocument, $"The file has {count}; nothing was changed.", "Correct every line named and send it again.") { Errors = errors };
    }
}
