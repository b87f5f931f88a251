namespace ShopSession.Redis.Embedded.Execution;

/// <summary>Something for the executor to do.</summary>
internal interface IWorkItem
{
    /// <summary>Runs alone: no other item runs at the same time.</summary>
    void Execute();

    /// <summary>Called when what the item did is in the log, so that its outcome may be told.</summary>
    void Complete();
}
