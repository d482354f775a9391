using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Wheelhouse.EndToEnd.Harness;
using Wheelhouse.Tests.Index;

namespace Wheelhouse.EndToEnd;

/// <summary>What was acknowledged is there for ever, and what was not is there whole or not at all, at whatever moment the server dies.</summary>
public sealed class KilledUploadTests
{
    /// <summary>Set it for more rounds than the usual ones.</summary>
    private const string RoundsVariable = "WHEELHOUSE_TEST_KILLS";
    private const int UsualRounds = 20;
    private const int Uploaders = 8;
    private const int MaxSize = 512 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kills_under_eight_uploaders_lose_and_break_nothing()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable(RoundsVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : UsualRounds;
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        await using var server = new ServerProcess();
        await server.StartAsync(Token);
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServerProcess.AdminToken);

        for (var round = 1; round <= rounds; round++)
        {
            var wheels = new WheelMaker($"acme-{round}", random.Next());
            await UploadUntilKilledAsync(server, http, wheels, acknowledged: random.Next(60), TimeSpan.FromMilliseconds(random.Next(30)));
            await server.StartAsync(Token);

            var about = $"round {round} of {rounds}, seed {seed}, {wheels.Acknowledged.Count} of {wheels.Sent.Count} acknowledged";
            Assert.True(Directory.GetFiles(Path.Combine(server.Data, "files", "incoming")).Length == 0, about);
            await AssertWholeAsync(http, wheels, about);
            foreach (var (name, bytes) in wheels.Sent.Where(sent => !wheels.Acknowledged.ContainsKey(sent.Key)))
                Assert.True(await TryUploadAsync(http, wheels.Project, name, bytes), $"{name} again, {about}");
            await AssertWholeAsync(http, wheels, about);
            TestContext.Current.TestOutputHelper!.WriteLine(about);
        }

        foreach (var path in Directory.GetFiles(Path.Combine(server.Data, "files"), "*", SearchOption.AllDirectories))
            Assert.Equal(Path.GetFileName(path), Hash(await File.ReadAllBytesAsync(path, Token)));
    }

    /// <summary>Uploads on several connections, and kills the server a moment after so many acknowledgements.</summary>
    private static async Task UploadUntilKilledAsync(ServerProcess server, HttpClient http, WheelMaker wheels, int acknowledged, TimeSpan moment)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var uploads = Enumerable.Range(0, Uploaders).Select(async _ =>
        {
            while (true)
            {
                var (name, bytes) = wheels.Next();
                if (!await TryUploadAsync(http, wheels.Project, name, bytes))
                    return;
                wheels.Acknowledged[name] = Hash(bytes);
                if (wheels.Acknowledged.Count > acknowledged)
                    enough.TrySetResult();
            }
        }).ToList();
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
        await Task.Delay(moment, Token);
        await server.KillAsync();
        await Task.WhenAll(uploads);
    }

    /// <summary>Whether an upload was acknowledged; it was not when the server died.</summary>
    private static async Task<bool> TryUploadAsync(HttpClient http, string project, string name, byte[] bytes)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in (ReadOnlySpan<(string, string)>)[(":action", "file_upload"), ("protocol_version", "1"), ("name", project), ("version", name.Split('-')[1])])
            form.Add(new StringContent(value), $"\"{field}\"");
        form.Add(new ByteArrayContent(bytes), "\"content\"", $"\"{name}\"");
        try
        {
            using var answer = await http.PostAsync("legacy/", form, Token);
            return answer.IsSuccessStatusCode ? true : throw new InvalidOperationException($"{name}: {await answer.Content.ReadAsStringAsync(Token)}");
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Everything acknowledged is listed, and everything listed is whole.</summary>
    private static async Task AssertWholeAsync(HttpClient http, WheelMaker wheels, string about)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"simple/{wheels.Project}/") { Headers = { Accept = { new("application/vnd.pypi.simple.v1+json") } } };
        using var page = await http.SendAsync(request, Token);
        if (page.IsSuccessStatusCode)
        {
            foreach (var file in (await page.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("files").EnumerateArray())
            {
                var name = file.GetProperty("filename").GetString()!;
                listed.Add(name);
                var bytes = await http.GetByteArrayAsync(new Uri(page.RequestMessage!.RequestUri!, file.GetProperty("url").GetString()), Token);
                Assert.True(bytes.AsSpan().SequenceEqual(wheels.Sent[name]), $"{name}, {about}");
            }
        }

        Assert.True(wheels.Acknowledged.Keys.All(listed.Contains), about);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Makes the wheels of a round, of many sizes, and remembers them.</summary>
    private sealed class WheelMaker(string project, int seed)
    {
        private int _count;

        public string Project => project;

        public ConcurrentDictionary<string, byte[]> Sent { get; } = new(StringComparer.Ordinal);

        /// <summary>The names of those that the server took.</summary>
        public ConcurrentDictionary<string, string> Acknowledged { get; } = new(StringComparer.Ordinal);

        public (string Name, byte[] Bytes) Next()
        {
            var number = Interlocked.Increment(ref _count);
            var random = new Random(seed + number);
            var data = new byte[random.Next(2) == 0 ? 100 : random.Next(MaxSize)];
            random.NextBytes(data);
            var (module, version) = (project.Replace('-', '_'), $"1.{number}");
            var bytes = Archives.Zip([.. Archives.WheelFiles(module, version), new($"{module}/data.txt", Convert.ToBase64String(data))]);
            var name = $"{module}-{version}-py3-none-any.whl";
            Sent[name] = bytes;
            return (name, bytes);
        }
    }
}
