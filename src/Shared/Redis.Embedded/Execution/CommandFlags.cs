namespace ShopSession.Redis.Embedded.Execution;

/// <summary>What a command is, as far as the store treats commands differently.</summary>
[Flags]
internal enum CommandFlags
{
    None = 0,

    /// <summary>May change the data.</summary>
    Write = 1,

    /// <summary>Reads keys; its keys are remembered for clients that track.</summary>
    ReadOnly = 2,

    /// <summary>May need memory: refused when it is used up.</summary>
    DenyOom = 4,

    /// <summary>Constant or logarithmic time; information for clients only.</summary>
    Fast = 8,

    /// <summary>Allowed before authentication.</summary>
    NoAuth = 16,

    /// <summary>Allowed for a RESP2 client that has subscriptions.</summary>
    WhileSubscribed = 32,

    /// <summary>Executed at once, also inside MULTI.</summary>
    NotQueued = 64,

    /// <summary>Administration of the server.</summary>
    Admin = 128,

    /// <summary>Not possible inside MULTI.</summary>
    NoMulti = 512,

    /// <summary>Publishing and subscribing.</summary>
    PubSub = 256,
}
