using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Wheelhouse.Python;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
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

    /// <summary>
    /// Limits the request's body to what the largest file needs. Who announces a larger one is answered at once, and what is sent nevertheless is read for a while:
    /// clients such as twine look for the answer only when they have sent everything.
    /// </summary>
    /// <exception cref="ApiException">The body is too large.</exception>
    public void LimitBody(HttpContext http)
    {
        var most = options.Value.MaxFileSize + MaxFieldBytes;
        var isTooLarge = http.Request.ContentLength > most;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = isTooLarge ? null : most;
        if (isTooLarge)
            throw UploadRefusals.TooLarge(options.Value.MaxFileMib);
    }

    /// <summary>Receives the form of a request.</summary>
    /// <exception cref="ApiException">The form is invalid or too large, or the caller may not publish the project. Nothing of it remains.</exception>
    public async Task<UploadForm> ReadAsync(HttpRequest request, Caller caller, CancellationToken token)
    {
        var form = new UploadForm();
        try
        {
            await ReadPartsAsync(request, form, caller, token);
            return form;
        }
        catch
        {
            await form.DisposeAsync();
            throw;
        }
    }

    private async Task ReadPartsAsync(HttpRequest request, UploadForm form, Caller caller, CancellationToken token)
    {
        var reader = new MultipartReader(BoundaryOf(request), request.Body, BufferSize);
        var fieldBytesLeft = MaxFieldBytes;
        for (var parts = 0; await ReadAsync(reader.ReadNextSectionAsync(token)) is { } section; parts++)
        {
            if (parts == MaxFields)
                throw UploadRefusals.BadForm($"The form has more than {MaxFields} fields.");
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                throw UploadRefusals.BadForm("A part of the form has no valid Content-Disposition.");
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (name is "content")
                await ReceiveAsync(form, disposition, section.Body, caller, token);
            else
                fieldBytesLeft -= await ReadFieldAsync(form, name, section.Body, fieldBytesLeft, token);
        }
    }

    private static string BoundaryOf(HttpRequest request)
    {
        var isForm = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        var boundary = isForm ? HeaderUtilities.RemoveQuotes(type!.Boundary).ToString() : "";
        return boundary.Length is > 0 and <= 200 ? boundary : throw UploadRefusals.BadForm("An upload is a multipart/form-data form with a boundary.");
    }

    private static async Task<int> ReadFieldAsync(UploadForm form, string name, Stream body, int limit, CancellationToken token)
    {
        using var value = new MemoryStream();
        await foreach (var chunk in ReadChunksAsync(body, token))
        {
            if (value.Length + chunk.Length > limit)
                throw UploadRefusals.BadForm($"The text fields of the form are larger than {MaxFieldBytes >> 20} MiB together.");
            value.Write(chunk.Span);
        }

        form.Add(name, Encoding.UTF8.GetString(value.GetBuffer(), 0, (int)value.Length).Trim());
        return (int)value.Length;
    }

    private async Task ReceiveAsync(UploadForm form, ContentDispositionHeaderValue disposition, Stream body, Caller caller, CancellationToken token)
    {
        if (form.File is not null)
            throw UploadRefusals.BadForm("The form has more than one field content; send one file at a time.");
        var name = ReadFileName(disposition);
        caller.RequireMayPublish(name.Project.Text);
        var file = form.File = new(name, await store.CreateAsync(token));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var chunk in ReadChunksAsync(body, token))
        {
            file.Size += chunk.Length;
            if (file.Size > options.Value.MaxFileSize)
                throw UploadRefusals.TooLarge(options.Value.MaxFileMib);
            hash.AppendData(chunk.Span);
            await file.Incoming.Content.WriteAsync(chunk, token);
        }

        file.Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        await file.Incoming.CompleteAsync(token);
    }

    private static DistributionFileName ReadFileName(ContentDispositionHeaderValue disposition)
    {
        var text = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        if (text.Length == 0)
            throw UploadRefusals.BadForm("The field content of the form has no file name.");
        try
        {
            return DistributionFileName.Parse(text);
        }
        catch (PythonFormatException e)
        {
            throw UploadRefusals.BadFileName(e.Message);
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadChunksAsync(
        Stream body, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await ReadAsync(body.ReadAsync(buffer, token).AsTask())) > 0)
                yield return buffer.AsMemory(0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
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
            throw UploadRefusals.BadForm("The form ends too early or is not well-formed multipart/form-data.");
        }
    }
}
