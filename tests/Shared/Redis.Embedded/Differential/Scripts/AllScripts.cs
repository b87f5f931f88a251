namespace ShopSession.Redis.Embedded.Tests.Differential.Scripts;

/// <summary>Commands by group, with their usual use, their edges and their errors.</summary>
internal static class AllScripts
{
    public static IReadOnlyDictionary<string, string> ByGroup { get; } = new Dictionary<string, string>
    {
        ["strings"] = StringScript.Text,
        ["numbers"] = NumberScript.Text,
        ["keys"] = KeyScript.Text,
        ["expiry"] = ExpiryScript.Text,
        ["hashes"] = HashScript.Text,
        ["lists"] = ListScript.Text,
        ["sets"] = SetScript.Text,
        ["sorted-sets"] = SortedSetScript.Text,
        ["connection"] = ConnectionScript.Text,
        ["transactions"] = TransactionScript.Text,
    };
}
