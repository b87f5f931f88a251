namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>What the executor asks of the log. Called by the executor only.</summary>
internal interface IPersistence
{
    bool IsEnabled { get; }

    /// <summary>Why the last write failed; commands that write are refused while it is set.</summary>
    string? WriteError { get; }

    long Size { get; }

    long SizeAfterRewrite { get; }

    bool IsRewriting { get; }

    DateTimeOffset LastSave { get; }

    /// <summary>Takes the effects of one command or transaction; they become one record.</summary>
    void Append(EffectBuffer effects);

    /// <summary>Brings what was appended to the file, and to the disk when each write is to be synchronised. Replies are sent after it.</summary>
    void Commit();

    /// <summary>Starts to write the present state to a new file in the background. <see langword="false"/>: that is being done already.</summary>
    bool StartRewrite();

    /// <summary>Writes the present state to a new file before it returns.</summary>
    void Save();
}
