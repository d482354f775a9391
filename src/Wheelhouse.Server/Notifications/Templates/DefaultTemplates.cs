using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Server.Notifications.Templates;

/// <summary>The words of a channel whose document has none of its own.</summary>
public static class DefaultTemplates
{
    /// <summary>The name of the template for every event that has none of its own.</summary>
    public const string Other = "default";

    private const string Versions = "{% if from %}{{ from }} → {% endif %}{{ version }}";

    private const string Who = "By {{ by }}{% if seconds > 0 %} in {{ duration }}{% endif %}{% if reason %}: {{ reason }}{% endif %}";

    private const string Flaw = Who + "{% if error %}\n{{ error }}{% endif %}{% if fix %}\n{{ fix }}{% endif %}";

    /// <summary>Title and text, as Liquid templates, for each event that has words of its own.</summary>
    public static IReadOnlyDictionary<string, (string Title, string Text)> Sources { get; } = new Dictionary<string, (string Title, string Text)>(StringComparer.Ordinal)
    {
        [NotificationEvents.Started] = ($"{{% if kind == 'revert' %}}Reverting{{% elsif kind == 'converge' %}}Converging{{% else %}}Deploying{{% endif %}} {{{{ service }}}} {Versions} in {{{{ environment }}}}", Who),
        [NotificationEvents.Progress] = ($"{{% if kind == 'revert' %}}Reverting{{% elsif kind == 'converge' %}}Converging{{% else %}}Deploying{{% endif %}} {{{{ service }}}} {Versions} in {{{{ environment }}}}",
            Who + "{% if nodes > 0 %}\n{{ nodes_done }} of {{ nodes }} nodes done{% endif %}{% if progress %}\n{{ progress }}{% endif %}"),
        [NotificationEvents.Succeeded] = ("{{ service }} {% if kind == 'revert' %}is back at {% endif %}{{ version }}{% if kind != 'revert' %} runs{% endif %} in {{ environment }}",
            "{% if from %}Before: {{ from }}\n{% endif %}" + Who),
        [NotificationEvents.Failed] = ("The {{ kind }} of {{ service }} {{ version }} in {{ environment }} failed", Flaw),
        [NotificationEvents.Reverted] = ("{{ service }} {{ version }} failed in {{ environment }} and was taken back{% if from %} to {{ from }}{% endif %}", Flaw),
        [NotificationEvents.Cancelled] = ("The {{ kind }} of {{ service }} {{ version }} in {{ environment }} was cancelled", Flaw),
        [NotificationEvents.Paused] = ("The {{ kind }} of {{ service }} {{ version }} in {{ environment }} waits for a decision", Flaw),
        [EventTypes.RolloutRequested] = ("{{ by }} asks to {{ kind }} {{ service }} {{ version }} in {{ environment }}", "{{ reason }}"),
        [NotificationEvents.BuildSucceeded] = ("{{ project }} {{ version }} is built and published", Who),
        [NotificationEvents.BuildFailed] = ("The build of {{ project }}{% if version %} {{ version }}{% endif %} failed", Flaw),
        [Other] = ("{{ message }}", "{% if service %}{{ service }}{% if environment %} in {{ environment }}{% endif %}{% endif %}"),
    };
}
