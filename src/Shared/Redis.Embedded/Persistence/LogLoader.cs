using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>Rebuilds the store from a log.</summary>
internal static class LogLoader
{
    public static LogWriter Load(Store store, string path, bool repair, Action<string> report, CancellationToken cancellationToken)
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var reader = new LogReader(handle, path);
            Replay(store, reader, path, repair, report, cancellationToken);
            if (reader.Offset < reader.Length)
            {
                report($"{path}: the last {reader.Length - reader.Offset} bytes are no whole record (a crash tore them off) and were cut; the log goes on at offset {reader.Offset}");
                RandomAccess.SetLength(handle, reader.Offset);
                RandomAccess.FlushToDisk(handle);
            }

            return LogWriter.Continue(handle, reader.Salt, reader.Offset);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static void Replay(Store store, LogReader reader, string path, bool repair, Action<string> report, CancellationToken cancellationToken)
    {
        var processor = new CommandProcessor(store);
        var nobody = new NullOutput();
        var loader = new Client(0, nobody, store.Databases[0], nobody, new ClientMemory(store.Budget, () => { })) { IsAuthenticated = true };
        store.IsLoading = true;
        try
        {
            while (reader.TryRead(out var content))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Apply(store, processor, loader, content, reader.Offset, path);
            }
        }
        catch (StoreDataException e) when (repair && e.CanBeCut)
        {
            var kept = $"{path}.damaged-{store.UtcNow:yyyyMMddHHmmss}";
            File.Copy(path, kept, overwrite: false);
            report($"{e.Message} Repaired: what follows offset {reader.Offset} was cut, the damaged file is kept as {kept}");
        }
        finally
        {
            store.IsLoading = false;
        }
    }

    private static void Apply(Store store, CommandProcessor processor, Client loader, ReadOnlySpan<byte> content, long end, string path)
    {
        try
        {
            while (!content.IsEmpty)
            {
                var command = EffectEncoder.Read(ref content, out var database);
                if (database >= store.Databases.Length)
                    throw new StoreDataException($"{path} holds data of database {database}, the store has {store.Databases.Length}. Start it with --databases {database + 1} or more.");
                loader.Database = store.Databases[database];
                processor.Replay(loader, command);
            }
        }
        catch (Exception e) when (e is CommandException or InvalidDataException)
        {
            throw new StoreDataException($"{path} is damaged: the record that ends at offset {end} cannot be applied ({e.Message}). Restore the file from a backup.", e);
        }
    }
}
