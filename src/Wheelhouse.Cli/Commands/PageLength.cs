using System.CommandLine;
using System.Globalization;

namespace Wheelhouse.Cli.Commands;

/// <summary>The option that says how much of a list is wanted.</summary>
internal static class PageLength
{
    private const int Usual = 20;

    /// <summary>What the server gives of a list at a time.</summary>
    private const int Most = 500;

    /// <summary><c>--limit COUNT</c>: from 1 to 500, by default 20.</summary>
    public static Option<int> Option()
    {
        var option = new Option<int>("--limit", "-n") { Description = $"How many at most, up to {Most}", HelpName = "COUNT", DefaultValueFactory = _ => Usual };
        option.Validators.Add(result =>
        {
            var text = result.Tokens is [var token] ? token.Value : "";
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) && count is < 1 or > Most) result.AddError($"--limit takes 1 to {Most}, not {text}.");
        });
        return option;
    }
}
