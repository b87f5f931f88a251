using System.Buffers.Binary;
using System.Buffers.Text;

namespace ShopSession.Sessions;

/// <summary>
/// A bounded sample from which the number of distinct sessions is told, also over several processes that share sessions: adaptive sampling (M. Wegman; P. Flajolet, "On adaptive sampling",
/// Computing 43, 1990). A mark is 64 bits of the session's handle, a hash; kept are those whose first <paramref name="Level"/> bits are zero, a 2^level-th of all. Exact up to
/// <see cref="Most"/> sessions, beyond that to about 1.2 / √<see cref="Most"/>, 7 %. Immutable.
/// </summary>
/// <param name="Level">How many leading bits of a mark are zero, 0 to 63.</param>
/// <param name="Marks">The marks, each once.</param>
public sealed record SessionSample(int Level, IReadOnlyList<ulong> Marks)
{
    /// <summary>The most marks of a sample.</summary>
    public const int Most = 256;

    /// <summary>No session.</summary>
    public static SessionSample Empty { get; } = new(0, []);

    /// <summary>About how many sessions there are.</summary>
    public long Estimate => (long)Marks.Count << Level;

    /// <summary>The sessions that are in any of the samples.</summary>
    public static SessionSample Union(IEnumerable<SessionSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var all = samples.ToArray();
        return all.Length == 0 ? Empty : Of(all.Max(sample => sample.Level), all.SelectMany(sample => sample.Marks).Distinct());
    }

    /// <summary>Thins marks of the given level to at most <see cref="Most"/>.</summary>
    internal static SessionSample Of(int level, IEnumerable<ulong> marks)
    {
        var kept = marks.Where(mark => Covers(level, mark)).ToArray();
        while (kept.Length > Most && level < 63)
        {
            var next = ++level;
            kept = [.. kept.Where(mark => Covers(next, mark))];
        }

        return new SessionSample(level, kept);
    }

    internal static bool Covers(int level, ulong mark) => ulong.LeadingZeroCount(mark) >= (ulong)level;

    internal static ulong MarkOf(SessionHandle handle)
    {
        // 12 of the 22 characters are 9 bytes: no character is cut.
        Span<byte> bytes = stackalloc byte[9];
        return Base64Url.TryDecodeFromChars(handle.Value.AsSpan(0, 12), bytes, out _) ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;
    }
}
