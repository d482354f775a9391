using System.Collections.Concurrent;
using Microsoft.Net.Http.Headers;
using Wheelhouse.Python.SimpleApi;

namespace Wheelhouse.Server.Index.Simple;

/// <summary>Chooses the form and the coding of a page by the request's headers. Clients send few different ones, so the choices are remembered.</summary>
internal static class Negotiation
{
    private static readonly Remembered<string?> MediaTypes = new(SimpleMediaTypes.Negotiate);
    private static readonly Remembered<ContentCoding> Codings = new(CodingFor);

    /// <summary>The media type to answer with; null when none of them is accepted (406).</summary>
    public static string? MediaTypeFor(HttpRequest request) => MediaTypes.Of(request.Headers.Accept.ToString());

    /// <summary>The coding to answer in: of those with the highest weight the one that makes the least of a page.</summary>
    public static ContentCoding CodingFor(HttpRequest request) => Codings.Of(request.Headers.AcceptEncoding.ToString());

    /// <summary>Pure. What is refused but has no other way (<c>identity;q=0</c>) is sent as it is, as RFC 9110, 12.5.3 allows.</summary>
    internal static ContentCoding CodingFor(string acceptEncoding)
    {
        if (!StringWithQualityHeaderValue.TryParseList([acceptEncoding], out var accepted)) return ContentCoding.Identity;
        return ContentCoding.All.Select(coding => (Coding: coding, Weight: WeightOf(coding, accepted))).Where(offer => offer.Weight > 0)
            .OrderByDescending(offer => offer.Weight).FirstOrDefault().Coding ?? ContentCoding.Identity; // The first of equals
    }

    private static double WeightOf(ContentCoding coding, IList<StringWithQualityHeaderValue> accepted)
    {
        var named = accepted.FirstOrDefault(value => value.Value.Equals(coding.Name, StringComparison.OrdinalIgnoreCase));
        if (named is not null) return named.Quality ?? 1;
        // Without a word on it, plain bytes are welcome, but less than anything that was asked for.
        return coding == ContentCoding.Identity ? double.Epsilon : accepted.FirstOrDefault(value => value.Value == "*")?.Quality ?? 0;
    }

    /// <summary>Remembers what a few short headers mean.</summary>
    private sealed class Remembered<T>(Func<string, T> choose)
    {
        private const int Most = 200;
        private const int Longest = 500;

        private readonly ConcurrentDictionary<string, T> _choices = new(StringComparer.Ordinal);

        public T Of(string header)
        {
            if (_choices.TryGetValue(header, out var known)) return known;
            var choice = choose(header);
            if (header.Length > Longest) return choice;
            if (_choices.Count >= Most) _choices.Clear();
            _choices[header] = choice;
            return choice;
        }
    }
}
