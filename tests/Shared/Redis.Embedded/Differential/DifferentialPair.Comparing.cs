using System.Globalization;
using ShopSession.Redis.Embedded.Tests.Wire;

namespace ShopSession.Redis.Embedded.Tests.Differential;

/// <summary>What counts as a difference, and how it is told.</summary>
internal sealed partial class DifferentialPair
{
    /// <summary>Compares the messages that clients got besides their replies.</summary>
    /// <param name="isUnordered">The order among messages does not count: which of several ended keys is noticed first is chance.</param>
    public async Task ComparePushesAsync(bool isUnordered = false)
    {
        foreach (var (name, (real, embedded)) in _clients)
        {
            // Inside MULTI the question is queued as well.
            if (await DrainAsync(real)) _queued[name].Add("PING");
            await DrainAsync(embedded);
            var (expected, actual) = (Text(real.Pushes), Text(embedded.Pushes));
            if (expected != actual) _differences.Add(Explain($"messages of {name}", expected, actual));
            real.Pushes.Clear();
            embedded.Pushes.Clear();
        }

        string Text(IEnumerable<RespValue> pushes) => string.Join('\n', isUnordered ? pushes.Select(p => p.ToString()).Order(StringComparer.Ordinal) : pushes.Select(p => p.ToString()));
    }

    private static async Task<List<RespValue>> ReadAllAsync(RespClient client, int replies)
    {
        var all = new List<RespValue>();
        while (replies > 0)
        {
            all.Add(await client.ReadAsync());
            if (!all[^1].IsPush) replies--;
        }

        return all;
    }

    private static string Order(IReadOnlyList<RespValue> values) => string.Join(' ', values.Select(v => v.IsPush ? v.ToString() : "reply"));

    private void Compare(string client, string[] command, RespValue expected, RespValue actual)
    {
        if (command[0] == "EXEC" && _queued.Remove(client, out var queued))
        {
            var (expectedOrder, actualOrder) = (Order(expected.Items), Order(actual.Items));
            if (expectedOrder != actualOrder) _differences.Add(Explain($"messages within EXEC of {client}", expectedOrder, actualOrder));
            var (expectedItems, actualItems) = (expected.Items.Where(i => !i.IsPush).ToList(), actual.Items.Where(i => !i.IsPush).ToList());
            if (expectedItems.Count == actualItems.Count && expectedItems.Count == queued.Count)
            {
                // Each reply by the rules of its own command.
                for (var i = 0; i < queued.Count; i++) Check(queued[i], expectedItems[i], actualItems[i]);
                return;
            }
        }

        if (command[0] == "MULTI") _queued.TryAdd(client, []);
        if (expected.Text == "QUEUED") _queued[client].Add(command[0]);
        if (command[0] is "DISCARD" or "RESET") _queued.Remove(client);
        Check(command[0], expected, actual);
    }

    private static async Task<bool> DrainAsync(RespClient client)
    {
        // In RESP2 messages are arrays like replies: what comes before this PING's own reply was one.
        await client.WriteAsync("PING", "drained");
        while (true)
        {
            var value = await client.ReadAsync();
            if (value.Text == "drained" || (value.Items.Count == 2 && value.Items[1].Text == "drained") || value.Text == "QUEUED") return value.Text == "QUEUED";
            client.Pushes.Add(value);
        }
    }

    private static string Shorten(string[] command) => string.Join(' ', command.Select(a => a.Length is 0 or > 60 ? $"({a.Length} bytes)" : a));

    private void Check(string command, RespValue expected, RespValue actual)
    {
        if (!ReplyComparison.AreSame(command, expected, actual, _wasRestarted)) _differences.Add(Explain(_history[^1], expected.ToString(), actual.ToString()));
    }

    private string Explain(string what, string expected, string actual) =>
        string.Create(CultureInfo.InvariantCulture, $"RESP{_protocol}, {what}\nredis:    {expected}\nembedded: {actual}\nafter:\n{string.Join('\n', _history.TakeLast(6))}");
}
