namespace ShopSession.Redis.Embedded;

/// <summary>When what was written is brought to the disk.</summary>
public enum AppendFsync
{
    /// <summary>
    /// Once a second, in the background. The end of the process loses nothing that was confirmed, the end of the machine at most the
    /// last second or so.
    /// </summary>
    EverySecond,

    /// <summary>Before a write is confirmed. Nothing confirmed is ever lost; each write costs a synchronisation.</summary>
    Always,
}
