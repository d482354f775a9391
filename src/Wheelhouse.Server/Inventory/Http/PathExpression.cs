using System.Text;
using System.Text.Json;
using DevLab.JmesPath;
using Wheelhouse.Server.Inventory.Asking;

namespace Wheelhouse.Server.Inventory.Http;

/// <summary>A JMESPath expression (https://jmespath.org/specification.html), which selects from JSON.</summary>
internal static class PathExpression
{
    /// <summary>The longest expression, in characters: the library reads and runs one by recursion.</summary>
    private const int MaxLength = 1000;

    /// <summary>Says what is wrong with an expression, in a sentence; null when nothing is.</summary>
    public static string? FindProblem(string expression)
    {
        if (expression.Length > MaxLength) return $"This expression has more than {MaxLength} characters; shorten it.";
        try
        {
            new JmesPath().Parse(expression);
            return null;
        }
        catch (Exception flaw)
        {
            // The library throws plain exceptions, which say line and column of the expression.
            return $"'{expression}' is not a JMESPath expression: {flaw.Message.TrimEnd('.')}. Correct it.";
        }
    }

    /// <summary>Selects from JSON.</summary>
    /// <exception cref="InventoryException">The JSON does not have the form that the expression needs.</exception>
    public static JsonElement Select(JsonElement json, string expression, Func<string, InventoryException> refuse)
    {
        string selected;
        try
        {
            selected = new JmesPath().Transform(json.GetRawText(), expression);
        }
        catch (Exception flaw)
        {
            throw refuse($"'{expression}' cannot be applied to it ({flaw.Message.TrimEnd('.')})");
        }

        return InventoryJson.Parse(Encoding.UTF8.GetBytes(selected), flaw => refuse($"'{expression}' selects what is not JSON ({flaw})"));
    }
}
