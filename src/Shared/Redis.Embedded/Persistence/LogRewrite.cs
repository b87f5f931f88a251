using System.Diagnostics;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>
/// Writes the present state to a new log, a little at a time between commands, so that nobody waits for it. What commands do meanwhile
/// goes to both logs. A key is written to the new one as a whole when the scan comes to it or when a command touches it first; from then
/// on its effects follow as they are. Until the new log is complete and on the disk, the old one is the one that counts.
/// </summary>
internal sealed class LogRewrite : IDisposable
{
    private const int BytesPerRecord = 64 * 1024;
    private const int BytesPerWrite = 1024 * 1024;

    private readonly Store _store;
    private readonly int _number;
    private readonly ByteBuffer _content = new(BytesPerRecord);
    private readonly List<KeyValuePair<byte[], KeyEntry>> _found = [];
    private readonly ValueEffects _values;
    private int _emitDatabase;
    private int _scanDatabase;
    private ulong _cursor;

    public LogRewrite(Store store, int number, string path)
    {
        (_store, _number) = (store, number);
        Target = LogWriter.Create(path);
        _values = new ValueEffects(Emit);
    }

    public LogWriter Target { get; }

    /// <summary>Whether every key has been written.</summary>
    public bool IsComplete => _scanDatabase == _store.Databases.Length;

    /// <summary>Goes on for at most <paramref name="budget"/>, rounded up to a bucket of keys.</summary>
    public void Step(TimeSpan budget)
    {
        var start = Stopwatch.GetTimestamp();
        while (!IsComplete && Stopwatch.GetElapsedTime(start) < budget)
        {
            var database = _store.Databases[_scanDatabase];
            _found.Clear();
            _cursor = database.Keys.Scan(_cursor, _found);
            foreach (var (_, entry) in _found)
                if (entry.WrittenInRewrite != _number) WriteState(database.Index, entry);
            if (_cursor == 0) _scanDatabase++;
        }

        Seal(1);
    }

    /// <summary>A command or transaction did something while the rewrite goes on.</summary>
    public void Follow(EffectBuffer effects)
    {
        if (effects.Touched.TrueForAll(t => IsWritten(t.Database, t.Key)))
        {
            Target.Append(effects.Content);
            if (Target.Pending >= BytesPerWrite) Target.Write();
            return;
        }

        foreach (var database in effects.Flushed)
        {
            _emitDatabase = database;
            Emit(["FLUSHDB"u8.ToArray()]);
        }

        foreach (var (database, key) in effects.Touched)
        {
            _emitDatabase = database;
            _values.WriteAbsent(key);
            if (_store.Databases[database].Find(key) is { } entry) WriteState(database, entry);
        }

        Seal(1);
    }

    public void Dispose() => Target.Dispose();

    private bool IsWritten(int database, byte[] key) => _store.Databases[database].Find(key)?.WrittenInRewrite == _number;

    private void WriteState(int database, KeyEntry entry)
    {
        _emitDatabase = database;
        _values.Write(entry);
        entry.WrittenInRewrite = _number;
    }

    private void Emit(byte[][] command)
    {
        EffectEncoder.Write(_content, _emitDatabase, command);
        Seal(BytesPerRecord);
    }

    private void Seal(int atLeast)
    {
        if (_content.Length < atLeast) return;
        Target.Append(_content.Span);
        _content.Truncate(0);
        if (Target.Pending >= BytesPerWrite) Target.Write();
    }
}
