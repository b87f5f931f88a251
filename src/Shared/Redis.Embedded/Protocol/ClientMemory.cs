namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>What one client holds of a <see cref="ClientBudget"/>. Safe for concurrent use.</summary>
/// <param name="budget">What it is a part of.</param>
/// <param name="onEvicted">Ends the connection, from any thread: others need the memory.</param>
internal sealed class ClientMemory(ClientBudget budget, Action onEvicted)
{
    /// <summary>Bytes; belongs to the budget.</summary>
    public long Held { get; set; }

    /// <summary>Whether the client was told to go; belongs to the budget.</summary>
    public bool IsEvicted { get; set; }

    public void OnEvicted() => onEvicted();

    public bool TryChange(long delta) => budget.TryChange(this, delta);

    public void Release() => budget.Release(this);
}
