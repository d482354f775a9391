using System.Text.RegularExpressions;
using Fluid;
using Fluid.Values;

namespace Wheelhouse.Server.Notifications.Templates;

/// <summary>The words for one event: Liquid templates over the variables of <see cref="TemplateVariables"/>.</summary>
/// <param name="Title">Makes one line.</param>
/// <param name="Text">Makes more lines, or nothing.</param>
internal sealed partial record MessageTemplate(IFluidTemplate Title, IFluidTemplate Text)
{
    /// <summary>How long a template may be, in characters.</summary>
    private const int LongestSource = 10_000;

    /// <summary>How long what it makes may be before it is cut to what a message has room for, in characters.</summary>
    private const int LongestOutput = 100_000;

    /// <summary>How long a value may become on its way through filters, in characters.</summary>
    private const int LongestValue = 4_000;

    private static readonly FluidParser Parser = MakeParser();

    // A template is what somebody may write who may not run programs here: it gets variables and no objects, ends, and takes little memory.
    private static readonly TemplateOptions Options = MakeOptions();

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">It is not Liquid; the message says where.</exception>
    public static IFluidTemplate Parse(string source)
    {
        if (source.Length > LongestSource) throw new FormatException($"The template has {source.Length} characters; at most {LongestSource} are taken.");
        if (Range().IsMatch(source)) throw new FormatException("A range such as (1..5) has no use in a message.");
        return Parser.TryParse(source, out var template, out var error) ? template : throw new FormatException($"This is not a Liquid template: {error.TrimEnd('.')}.");
    }

    /// <summary>Renders a template.</summary>
    /// <exception cref="FormatException">It cannot be rendered; the message says why.</exception>
    public static string Render(IFluidTemplate template, Notification notification)
    {
        var context = new TemplateContext(Options);
        TemplateVariables.Set(context, notification);
        try
        {
            using var text = new BoundedWriter(LongestOutput);
            template.RenderAsync(text, NullEncoder.Default, context).AsTask().GetAwaiter().GetResult();
            return text.ToString();
        }
        catch (Exception flaw) when (flaw is not OutOfMemoryException) // Whatever a filter does with what people write
        {
            throw new FormatException($"The template cannot be rendered: {flaw.Message.TrimEnd('.')}.", flaw);
        }
    }

    /// <summary>Without what can only grow: a part of a template kept for later, and files of other templates.</summary>
    private static FluidParser MakeParser()
    {
        var parser = new FluidParser();
        foreach (var tag in (IEnumerable<string>)["capture", "include", "render", "tablerow"]) parser.RegisteredTags.Remove(tag);
        return parser;
    }

    private static TemplateOptions MakeOptions()
    {
        var options = new TemplateOptions { MaxSteps = 10_000, MaxRecursion = 20, StrictFilters = true, Undefined = FindUndefined };
        foreach (var name in (IEnumerable<string>)["append", "prepend", "replace", "join", "escape", "url_encode", "newline_to_br", "concat", "split", "json", "base64_encode"])
        {
            if (!options.Filters.TryGetValue(name, out var filter)) continue;
            options.Filters.AddFilter(name, async (input, arguments, context) =>
            {
                var value = await filter(input, arguments, context);
                return value.ToStringValue().Length <= LongestValue ? value : throw new FormatException($"what '{name}' makes has more than {LongestValue} characters");
            });
        }

        return options;
    }

    [GeneratedRegex(@"\{[{%][^}]*\(\s*[^)}]*\.\.", RegexOptions.NonBacktracking)]
    private static partial Regex Range();

    /// <summary>A variable that there is nothing to say of is nil; one that there is not is an error.</summary>
    private static ValueTask<FluidValue> FindUndefined(string name) => TemplateVariables.All.Any(variable => variable.Name == name)
        ? ValueTask.FromResult<FluidValue>(NilValue.Instance)
        : throw new FormatException($"there is no variable '{name}'");
}
