using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.PubSub;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Channels.</summary>
internal static class PubSubCommands
{
    private const CommandFlags Subscription = CommandFlags.PubSub | WhileSubscribed;

    public static void Register(CommandTable table)
    {
        table.Add("subscribe", -2, Subscription, c => Subscribe(c, "subscribe"u8, isPattern: false));
        table.Add("psubscribe", -2, Subscription, c => Subscribe(c, "psubscribe"u8, isPattern: true));
        table.Add("unsubscribe", -1, Subscription, c => Unsubscribe(c, "unsubscribe"u8, isPattern: false));
        table.Add("punsubscribe", -1, Subscription, c => Unsubscribe(c, "punsubscribe"u8, isPattern: true));
        table.Add("publish", 3, CommandFlags.PubSub | Fast, c => c.Reply.Integer(c.Store.PubSub.Publish(c[1], c[2], c.Store.Settings.PushLimit)));
        table.Add("pubsub", -2, None, _ => { });
        table.Add("pubsub|channels", -2, CommandFlags.PubSub, Channels);
        table.Add("pubsub|numsub", -2, CommandFlags.PubSub, SubscriberCounts);
        table.Add("pubsub|numpat", 2, CommandFlags.PubSub, c => c.Reply.Integer(c.Store.PubSub.PatternCount));
        table.Add("pubsub|help", 2, None, c => Help.Write(c, "PUBSUB", "CHANNELS [<pattern>]", "NUMPAT", "NUMSUB [<channel> ...]"));
    }

    private static void Subscribe(CommandContext c, ReadOnlySpan<byte> kind, bool isPattern)
    {
        // All or none: a client that was refused must not hear from some of them.
        c.Client.Held.Take(c.Arguments.AsSpan(1));
        for (var i = 1; i < c.Count; i++)
        {
            c.Store.PubSub.Subscribe(c.Client, c[i], isPattern);
            Confirm(c, kind, c[i]);
        }
    }

    private static void Unsubscribe(CommandContext c, ReadOnlySpan<byte> kind, bool isPattern)
    {
        var names = c.Count > 1 ? c.Arguments[1..] : [.. (isPattern ? c.Client.Patterns : c.Client.Channels).Select(k => k.Bytes)];
        if (names.Length == 0) Confirm(c, kind, null);
        foreach (var name in names)
        {
            c.Store.PubSub.Unsubscribe(c.Client, name, isPattern);
            Confirm(c, kind, name);
        }
    }

    private static void Confirm(CommandContext c, ReadOnlySpan<byte> kind, byte[]? name)
    {
        var start = c.Reply.Buffer.Length;
        c.Reply.PushHeader(3);
        c.Reply.Bulk(kind);
        c.Reply.BulkOrNull(name);
        c.Reply.Integer(c.Client.Channels.Count + c.Client.Patterns.Count);
        if (!c.Client.IsReplySuppressed || c.Reply.Buffer.Overflowed) return;
        // A message, and no reply: CLIENT REPLY does not hold it back.
        c.Client.Push(c.Reply.Buffer.Span[start..], c.Store.Settings.PushLimit);
        c.Reply.Buffer.Truncate(start);
    }

    private static void Channels(CommandContext c)
    {
        if (c.Count > 3) throw Protocol.Errors.WrongArity(c.Spec.Name);
        var channels = c.Store.PubSub.Channels.Where(name => c.Count == 2 || GlobPattern.Matches(c[2], name)).ToList();
        c.Reply.ArrayHeader(channels.Count);
        foreach (var channel in channels) c.Reply.Bulk(channel);
    }

    private static void SubscriberCounts(CommandContext c)
    {
        c.Reply.ArrayHeader((c.Count - 2) * 2);
        for (var i = 2; i < c.Count; i++)
        {
            c.Reply.Bulk(c[i]);
            c.Reply.Integer(c.Store.PubSub.Subscribers(c[i]));
        }
    }
}
