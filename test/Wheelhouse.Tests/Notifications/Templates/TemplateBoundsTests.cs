using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications.Templates;

/// <summary>Templates are text that people write: what is wrong is told with its line when it is applied, and none makes the server run long or full.</summary>
public sealed class TemplateBoundsTests
{
    [Theory]
    [InlineData("{% for i in (1..2000000000) %}x{% endfor %}", "has no use in a message")]
    [InlineData("{% capture a %}x{% endcapture %}", "not a Liquid template")]
    [InlineData("{% include 'other' %}", "not a Liquid template")]
    [InlineData("{{ nothing }}", "there is no variable 'nothing'")]
    [InlineData("{{ version | shout }}", "cannot be rendered")]
    public void What_no_message_needs_is_refused(string template, string message) => AssertRefused(template, message);

    [Fact]
    public void A_value_that_doubles_is_stopped() =>
        AssertRefused("{% assign a = message %}" + string.Concat(Enumerable.Repeat("{% assign a = a | append: a %}", 40)) + "{{ a }}", "'append' makes has more than 4000 characters");

    [Fact]
    public void A_value_that_is_replaced_by_itself_is_stopped() =>
        AssertRefused("{% assign a = message %}" + string.Concat(Enumerable.Repeat("{% assign a = a | replace: 'e', a %}", 40)) + "{{ a }}", "'replace' makes has more than 4000 characters");

    [Fact]
    public void An_output_that_is_too_long_is_stopped()
    {
        var many = string.Concat(Enumerable.Repeat("{{ message | append: message | append: message }}", 150));
        var split = "{% assign parts = \"" + string.Join(',', Enumerable.Range(0, 400)) + "\" | split: \",\" %}{% for part in parts %}" + many + "{% endfor %}";
        AssertRefused(split, "more than 100000 characters");
    }

    [Fact]
    public void A_template_that_is_too_long_is_refused() => AssertRefused(new string('x', 10_001), "at most 10000 are taken");

    [Fact]
    public void Lists_and_filters_of_usual_size_work() =>
        Assert.Empty(Errors("{% assign words = message | split: ' ' %}{% for word in words %}{{ word | upcase | append: '.' }}{% endfor %}"));

    private static void AssertRefused(string template, string message)
    {
        var error = Assert.Single(Errors(template));
        Assert.Equal((4, "templates.rollout.failed.title"), (error.Line, error.Field));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Wheelhouse.Contracts.Errors.DocumentError> Errors(string template) => ShippedNotifiers.Parser.Parse(
        $$"""
        channel: ops
        webhook: { url: "https://hooks.example/wheelhouse" }
        templates:
          {{NotificationEvents.Failed}}: { title: '{{template.Replace("'", "''", StringComparison.Ordinal)}}' }
        """).Errors;
}
