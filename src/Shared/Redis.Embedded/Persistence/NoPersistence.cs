namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>Nothing is kept: a store without a data directory.</summary>
internal sealed class NoPersistence : IPersistence
{
    public static NoPersistence Instance { get; } = new();

    public bool IsEnabled => false;

    public string? WriteError => null;

    public long Size => 0;

    public long SizeAfterRewrite => 0;

    public bool IsRewriting => false;

    public DateTimeOffset LastSave => DateTimeOffset.UnixEpoch;

    public void Append(EffectBuffer effects)
    {
    }

    public void Commit()
    {
    }

    public bool StartRewrite() => true;

    public void Save()
    {
    }
}
