namespace ShopSession.Redis.Connections;

internal enum SendOutcome
{
    Queued,
    Full,
    Closed,
}
