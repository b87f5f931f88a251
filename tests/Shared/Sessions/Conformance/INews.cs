namespace ShopSession.Sessions.Tests.Conformance;

/// <summary>A hold on what replicas tell one another.</summary>
internal interface INews
{
    /// <summary>Returns when every replica may serve.</summary>
    Task ReadyAsync(ConformanceSite site);

    void Hold(ConformanceSite site);

    Task ReleaseAsync(ConformanceSite site);
}
