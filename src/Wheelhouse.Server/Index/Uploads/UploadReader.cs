using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Wheelhouse.Server.Index.Files;

namespace Wheelhouse.Server.Index.Uploads;

/// <summary>
/// Receives a form of the upload protocol: text fields into memory, within limits, and the file straight into the store, hashed as it comes.
/// Clients send the fields first, but any order will do.
/// </summary>
internal sealed class UploadReader(IFileStore store, IOptions<IndexOptions> options)
{
    /// <summary>The most that all text fields may have together, in bytes: the long description is one of them.</summary>
    private const int MaxFieldBytes = 8 << 20;
    private const int MaxFields = 5_000;
    private const int BufferSize = 128 * 1024;

    /// <summary>How large a request may be that carries the largest file.</summary>
    public long MaxRequestSize => options.Value.MaxFileSize > long.MaxValue - MaxFieldBytes ? long.MaxValue : options.Value.MaxFileSize + MaxFieldBytes;

    /// <exception cref="UploadRefusedException">The form is invalid or too large. Nothing of it remains.</exception>
    public async Task<UploadForm> ReadAsync(HttpRequest request, CancellationToken token)
    {
        var form = new UploadForm();
        try
        {
            await ReadPartsAsync(request, form, token);
            return form;
        }
        catch
        {
            await form.DisposeAsync();
            throw;
        }
    }

    private async Task ReadPartsAsync(HttpRequest request, UploadForm form, CancellationToken token)
    {
        var reader = new MultipartReader(BoundaryOf(request), request.Body, BufferSize) { HeadersCountLimit = 16, HeadersLengthLimit = 16 * 1024 };
        var fieldBytesLeft = MaxFieldBytes;
        var fieldsLeft = MaxFields;
        while (await ReadAsync(reader.ReadNextSectionAsync(token)) is { } section)
        {
            if (fieldsLeft-- == 0)
                throw UploadRefusedException.BadForm($"The form has more than {MaxFields} fields.");
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                throw UploadRefusedException.BadForm("A part of the form has no valid Content-Disposition.");
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (name is "content")
                await ReceiveAsync(form, disposition, section.Body, token);
            else
                fieldBytesLeft -= await ReadFieldAsync(form, name, section.Body, fieldBytesLeft, token);
        }
    }

    /// <summary>Tells what the client sent wrongly from what the server's disk may throw.</summary>
    private static async Task<T> ReadAsync<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (Exception e) when (e is (IOException or InvalidDataException) and not BadHttpRequestException)
        {
            throw UploadRefusedException.BadForm("The form ends too early or is not well-formed multipart/form-data.");
        }
    }

    private static string BoundaryOf(HttpRequest request)
    {
        var isForm = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        var boundary = isForm ? HeaderUtilities.RemoveQuotes(type!.Boundary).ToString() : "";
        return boundary.Length is > 0 and <= 200 ? boundary : throw UploadRefusedException.BadForm("An upload is a multipart/form-data form with a boundary.");
    }

    private static async Task<int> ReadFieldAsync(UploadForm form, string name, Stream body, int limit, CancellationToken token)
    {
        using var value = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            int read;
            while ((read = await ReadAsync(body.ReadAsync(buffer, token).AsTask())) > 0)
            {
                if (value.Length + read > limit)
                    throw UploadRefusedException.BadForm($"The text fields of the form are larger than {MaxFieldBytes >> 20} MiB together.");
                value.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        form.Add(name, System.Text.Encoding.UTF8.GetString(value.GetBuffer(), 0, (int)value.Length).Trim());
        return (int)value.Length;
    }

    private async Task ReceiveAsync(UploadForm form, ContentDispositionHeaderValue disposition, Stream body, CancellationToken token)
    {
        if (form.File is not null)
            throw UploadRefusedException.BadForm("The form has more than one field content; send one file at a time.");
        var fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        if (fileName.Length == 0)
            throw UploadRefusedException.BadForm("The field content has no file name.");
        form.Begin(fileName, await store.CreateAsync(token));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await ReadAsync(body.ReadAsync(buffer, token).AsTask())) > 0)
            {
                form.Size += read;
                if (form.Size > options.Value.MaxFileSize)
                    throw UploadRefusedException.TooLarge(options.Value.MaxFileSize);
                hash.AppendData(buffer, 0, read);
                await form.File.Content.WriteAsync(buffer.AsMemory(0, read), token);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        form.Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
