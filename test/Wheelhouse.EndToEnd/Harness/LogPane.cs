using Microsoft.Playwright;
using Wheelhouse.Contracts.Events;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>The log on the page of a rollout or a build. Only what is on the screen is in the page, so it is read by scrolling.</summary>
public sealed class LogPane(IPage page)
{
    /// <summary>Whether all that can be seen of the list is filled with lines, and not with the room that lines will take.</summary>
    private const string IsFilled = """
        list => {
          const box = list.getBoundingClientRect(), before = list.firstElementChild, after = list.lastElementChild;
          return (before.offsetHeight === 0 || before.getBoundingClientRect().bottom <= box.top)
              && (after.offsetHeight === 0 || after.getBoundingClientRect().top >= box.bottom);
        }
        """;

    private const string Read = "list => [...list.querySelectorAll('.line')].map(line => line.id + ' ' + line.querySelector('.text').textContent)";

    private ILocator List => page.GetByRole(AriaRole.Log);

    /// <summary>Waits for so many lines, and reads them all.</summary>
    /// <returns>Each line's id and text, in the order of the page.</returns>
    public async Task<IReadOnlyList<string>> ReadAsync(int lines)
    {
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Log" })).ToContainTextAsync($"{lines} lines");
        var read = new List<string>();
        for (var top = 0; ; top += await List.EvaluateAsync<int>("list => list.clientHeight - 48"))
        {
            await List.EvaluateAsync("(list, top) => { list.scrollTop = top; }", top);
            await page.WaitForFunctionAsync($"list => ({IsFilled})(list)", await List.ElementHandleAsync());
            var shown = await List.EvaluateAsync<string[]>(Read);
            var overlap = read.Count == 0 || shown.Length == 0 ? -1 : Array.IndexOf(shown, read[^1]);
            read.AddRange(shown.Skip(overlap + 1));
            if (await List.EvaluateAsync<bool>("list => list.scrollTop + list.clientHeight >= list.scrollHeight - 1")) return read;
        }
    }

    /// <summary>The lines that events are on the page: the beginnings and ends of a rollout's steps are for programs.</summary>
    public static IReadOnlyList<string> LinesOf(IEnumerable<EventView> events) => [.. events.SelectMany(LinesOf)];

    private static IEnumerable<string> LinesOf(EventView happened) => happened.Type switch
    {
        EventTypes.StepStarted or EventTypes.StepEnded => [],
        EventTypes.NodeLog or EventTypes.BuildLog => happened.Data!.Value.GetProperty("lines").EnumerateArray().Select((line, i) => $"l{happened.Id}.{i} {line.GetString()}"),
        _ => [$"l{happened.Id} {happened.Message}"],
    };
}
