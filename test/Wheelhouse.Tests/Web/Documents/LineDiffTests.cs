using Wheelhouse.Server.Web.Documents;

namespace Wheelhouse.Tests.Web.Documents;

public sealed class LineDiffTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("a\nb\n", "a\nb", " a b")]
    [InlineData("a\r\nb\r\n", "a\nb\n", " a b")]
    [InlineData("", "a\nb\n", "+a+b")]
    [InlineData("a\nb\n", "", "-a-b")]
    [InlineData("a\nb\nc\n", "a\nx\nc\n", " a-b+x c")]
    [InlineData("a\nb\nc\nd\n", "b\nc\ne\nd\n", "-a b c+e d")]
    [InlineData("a\nb\na\n", "a\na\n", " a-b a")]
    [InlineData("a\n\nb\n", "a\nb\n", " a- b")]
    [InlineData("x\na\nb\nc\ny\n", "z\nc\na\nb\nw\n", "-x+z+c a b-c-y+w")]
    public void It_says_what_was_removed_and_added(string old, string @new, string expected) =>
        Assert.Equal(expected, string.Concat(LineDiff.Compare(old, @new).Select(line => Sign(line) + line.Text)));

    [Fact]
    public void Each_line_has_its_number_in_the_texts_that_have_it()
    {
        var lines = LineDiff.Compare("a\nb\nc\n", "a\nc\nd\n");
        Assert.Equal([(1, 1), (2, null), (3, 2), (null, 3)], lines.Select(line => (line.Old, line.New)));
    }

    /// <summary>What is left of each text is that text, whatever was compared.</summary>
    [Fact]
    public void Both_texts_can_be_read_from_it()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var (old, @new) = (Text(random), Text(random));
            var lines = LineDiff.Compare(old, @new);
            Assert.Equal(old, Join(lines.Where(line => line.Change != LineChange.Added)));
            Assert.Equal(@new, Join(lines.Where(line => line.Change != LineChange.Removed)));
        }
    }

    [Fact]
    public void Texts_that_are_too_large_to_compare_are_shown_one_after_the_other()
    {
        var (old, @new) = (Many("old"), Many("new"));
        var lines = LineDiff.Compare(old, @new);
        Assert.Equal((3000, 3000, 1), (lines.Count(line => line.Change == LineChange.Removed), lines.Count(line => line.Change == LineChange.Added), lines.Count(line => line.Change == LineChange.Same)));
        Assert.True(lines.TakeWhile(line => line.Change == LineChange.Removed).Count() == 3000);

        static string Many(string text) => string.Concat(Enumerable.Range(0, 3000).Select(i => $"{text} {i}\n")) + "end\n";
    }

    [Fact]
    public void Lines_far_from_a_change_are_left_out()
    {
        var old = string.Concat(Enumerable.Range(1, 30).Select(i => $"{i}\n"));
        var hunks = DiffHunks.Of(LineDiff.Compare(old, old.Replace("15\n", "x\n", StringComparison.Ordinal)));
        Assert.Equal([(0, 11), (8, 0), (0, 12)], hunks.Select(hunk => (hunk.Lines.Count, hunk.LeftOut)));
        Assert.Equal(["12", "13", "14", "15", "x", "16", "17", "18"], hunks[1].Lines.Select(line => line.Text));
    }

    [Fact]
    public void A_single_line_is_not_left_out() =>
        Assert.Equal([0], DiffHunks.Of(LineDiff.Compare("1\n2\n3\n4\n5\n", "1\n2\n3\n4\nx\n")).Select(hunk => hunk.LeftOut).Distinct());

    private static char Sign(DiffLine line) => line.Change switch { LineChange.Added => '+', LineChange.Removed => '-', _ => ' ' };

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => $"{(char)('a' + random.Next(4))}\n"));

    private static string Join(IEnumerable<DiffLine> lines) => string.Concat(lines.Select(line => line.Text + "\n"));
}
