namespace ShopSession.Sessions.Stores.Memory;

/// <summary>
/// When and where something was written: orders the writes of all replicas the same way everywhere, so that each keeps the same last one.
/// </summary>
/// <param name="Time">Microseconds since 1970 UTC, never repeated nor going back on one replica (<see cref="HybridClock"/>).</param>
/// <param name="Node">The replica, to tell equal times apart.</param>
internal readonly record struct Stamp(long Time, long Node) : IComparable<Stamp>
{
    public int CompareTo(Stamp other) => Time != other.Time ? Time.CompareTo(other.Time) : Node.CompareTo(other.Node);

    public static bool operator >(Stamp left, Stamp right) => left.CompareTo(right) > 0;

    public static bool operator <(Stamp left, Stamp right) => left.CompareTo(right) < 0;

    public static bool operator >=(Stamp left, Stamp right) => left.CompareTo(right) >= 0;

    public static bool operator <=(Stamp left, Stamp right) => left.CompareTo(right) <= 0;
}
