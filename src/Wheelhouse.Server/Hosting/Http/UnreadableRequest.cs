using System.Text.Json;
using System.Text.RegularExpressions;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Server.Hosting.Http;

/// <summary>Says what is wrong with a request that could not be read into an endpoint's parameters, and in which field.</summary>
internal static partial class UnreadableRequest
{
    public static ApiException Explain(HttpRequest request, BadHttpRequestException exception) => exception switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.TooLarge(),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problems.UnsupportedMediaType(request),
        { InnerException: JsonException json } => Invalid(exception, "The body is not the JSON that is expected.", OfBody(json)),
        _ when exception.Message.Contains("without body", StringComparison.Ordinal) || exception.Message.Contains("no body", StringComparison.Ordinal) =>
            Invalid(exception, "The request has no body.", [new DocumentError(0, 0, "body", "It is missing.")]),
        _ when Parameter().Match(exception.Message) is { Success: true } match => OfParameter(exception, match),
        _ => new ApiException(exception.StatusCode, ProblemCodes.InvalidRequest, exception.Message),
    };

    private static ApiException OfParameter(BadHttpRequestException exception, Match match)
    {
        var (name, value) = (match.Groups["name"].Value, match.Groups["value"]);
        var message = value.Success ? $"'{value.Value}' cannot be read as {name}." : $"{name} is missing.";
        return Invalid(exception, message, [new DocumentError(0, 0, name, message)]);
    }

    private static List<DocumentError> OfBody(JsonException json)
    {
        if (MissingProperties().Match(json.Message) is { Success: true } missing)
            return [.. QuotedName().Matches(missing.Value).Select(name => new DocumentError(0, 0, name.Groups["name"].Value, "This field is missing."))];
        var field = json.Path is null or "$" ? "body" : json.Path.TrimStart('$', '.');
        var line = (int)(json.LineNumber + 1 ?? 0);
        var column = (int)(json.BytePositionInLine + 1 ?? 0);
        return [new DocumentError(line, column, field, json.Path is null or "$" ? "This is not valid JSON." : "This value does not fit the field.")];
    }

    private static ApiException Invalid(BadHttpRequestException exception, string message, List<DocumentError> errors)
    {
        var fields = string.Join(", ", errors.Select(error => error.Field));
        return new ApiException(exception.StatusCode, ProblemCodes.InvalidRequest, message, $"Correct {fields}.") { Errors = errors };
    }

    /// <summary>How minimal APIs name a parameter that cannot be bound, with its type before its name.</summary>
    [GeneratedRegex("""parameter "[^"]* (?<name>\w+)"(?: from "(?<value>[^"]*)"\.)?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    /// <summary>The end of the serializer's message about required properties.</summary>
    [GeneratedRegex("required properties.*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MissingProperties();

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QuotedName();
}
