namespace ShopSession.Redis.Embedded.Tests.Execution;

/// <summary>Watched keys that end, in the moment before the store notices. A transaction that does not see it loses another client's update.</summary>
public sealed class WatchEndedKeyTests
{
    private const string Refused = "*-1\r\n";

    /// <summary>Guards against a key that was there when it was watched, ended and was flushed away, and passed for never having been there.</summary>
    [Theory]
    [InlineData("FLUSHDB")]
    [InlineData("FLUSHALL")]
    public void A_key_that_was_there_when_it_was_watched_and_is_flushed_after_its_end_has_changed(string flush)
    {
        var store = new BareStore();
        var (a, b) = (store.Connect(), store.Connect());
        store.Send(a, "SET", "k", "v", "PX", "10");
        store.Send(a, "WATCH", "k");
        store.Pass(TimeSpan.FromMilliseconds(20));
        store.Send(b, flush);
        store.Send(a, "MULTI");
        Assert.Equal(Refused, store.Send(a, "EXEC"));
    }

    /// <summary>Guards against the first change of a key that had ended being taken for its removal.</summary>
    [Theory]
    [InlineData("SETEX", "k", "100", "v")]
    [InlineData("PSETEX", "k", "100000", "v")]
    [InlineData("MSET", "k", "v")]
    [InlineData("SET", "k", "v")]
    [InlineData("GETSET", "k", "v")]
    [InlineData("APPEND", "k", "v")]
    [InlineData("COPY", "other", "k")]
    [InlineData("RENAME", "other", "k")]
    [InlineData("LPUSH", "k", "v")]
    public void A_key_that_had_ended_when_it_was_watched_and_is_set_anew_has_changed(params string[] change)
    {
        var store = new BareStore();
        var (a, b) = (store.Connect(), store.Connect());
        store.Send(a, "MSET", "k", "v", "other", "v");
        store.Send(a, "PEXPIRE", "k", "10");
        store.Pass(TimeSpan.FromMilliseconds(20));
        store.Send(a, "WATCH", "k");
        Assert.NotEqual('-', store.Send(b, change)[0]);
        store.Send(a, "MULTI");
        Assert.Equal(Refused, store.Send(a, "EXEC"));
    }

    [Theory]
    [InlineData("FLUSHALL")]
    [InlineData("DEL", "k")]
    public void Of_a_key_that_had_ended_when_it_was_watched_the_removal_is_no_change_and_what_comes_then_is_one(params string[] removal)
    {
        var store = new BareStore();
        var (a, b) = (store.Connect(), store.Connect());
        for (var isSet = 0; isSet <= 1; isSet++)
        {
            store.Send(a, "SET", "k", "v", "PX", "10");
            store.Pass(TimeSpan.FromMilliseconds(20));
            store.Send(a, "WATCH", "k");
            store.Send(b, removal);
            if (isSet == 1) store.Send(b, "SET", "k", "v");
            store.Send(a, "MULTI");
            Assert.Equal(isSet == 1 ? Refused : "*0\r\n", store.Send(a, "EXEC"));
        }
    }

    /// <summary>Guards against an end that nobody hears of, since the client who overwrites the key asked to hear nothing of its own changes.</summary>
    [Theory]
    [InlineData("SETEX", "k", "100", "v")]
    [InlineData("MSET", "k", "v")]
    [InlineData("SET", "k", "v")]
    public void Who_overwrites_an_ended_key_that_it_follows_hears_of_its_end(params string[] change)
    {
        var store = new BareStore();
        var a = store.Connect();
        store.Send(a, "HELLO", "3");
        store.Send(a, "CLIENT", "TRACKING", "ON", "BCAST", "NOLOOP");
        store.Send(a, "SET", "k", "v", "PX", "10");
        store.Store.Tracking.SendBroadcasts();
        store.Pass(TimeSpan.FromMilliseconds(20));
        store.Send(a, change);
        store.Store.Tracking.SendBroadcasts();
        Assert.Contains("invalidate", store.Send(a, "PING"), StringComparison.Ordinal);
        Assert.Equal(1, store.Store.Statistics.ExpiredKeys);
    }
}
