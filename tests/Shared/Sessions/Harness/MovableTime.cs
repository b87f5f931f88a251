namespace ShopSession.Sessions.Tests.Harness;

/// <summary>The system's clock, which a test may move on.</summary>
internal sealed class MovableTime : TimeProvider
{
    private TimeSpan _moved;

    public void Move(TimeSpan by) => _moved += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _moved;
}
