namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>How the log is replaced by a shorter one: begun between two commands, gone on with between others, put in place when it is whole and on the disk.</summary>
internal sealed partial class AppendLog
{
    public bool StartRewrite()
    {
        if (IsRewriting) return false;
        _isStarting = true;
        // Not now: in the middle of a transaction a part of its effects would be in the new log already and then follow once more.
        _executor.PostLater(() =>
        {
            _isStarting = false;
            try
            {
                Begin();
                Continue();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                ReportFailure(e.Message);
            }
        });
        return true;
    }

    public void Save()
    {
        Begin();
        var rewrite = _rewrite!;
        try
        {
            rewrite.Step(TimeSpan.MaxValue);
            rewrite.Target.Write();
            Finish(rewrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Abandon(rewrite, e.Message);
            throw;
        }
    }

    private void Begin()
    {
        _rewrite = new LogRewrite(_store, ++_rewrites, Path.Combine(_directory, RewriteName));
        _store.Effects.NotesKeys = true;
    }

    private void Continue()
    {
        if (_rewrite is not { } rewrite) return;
        Guard(rewrite, () =>
        {
            rewrite.Step(TimeSpan.FromMilliseconds(2));
            if (!rewrite.IsComplete)
            {
                _executor.PostLater(Continue);
                return;
            }

            rewrite.Target.Write();
            _ = Task.Run(() => SynchroniseRewrite(rewrite));
        });
    }

    private void SynchroniseRewrite(LogRewrite rewrite)
    {
        string? failure = null;
        try
        {
            rewrite.Target.Synchronise();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            failure = e.Message;
        }

        _executor.PostLater(() =>
        {
            if (_rewrite != rewrite) return;
            if (failure is null) Guard(rewrite, () => Finish(rewrite));
            else Abandon(rewrite, failure);
        });
    }

    private void Finish(LogRewrite rewrite)
    {
        rewrite.Target.Write();
        rewrite.Target.Synchronise();
        using var directory = DirectorySync.Open(_directory);
        File.Move(Path.Combine(_directory, RewriteName), Path.Combine(_directory, LogName), overwrite: true);
        // From here on this file is the log, whatever fails: the old one has no name any more.
        _writer.Dispose();
        _writer = rewrite.Target;
        _rewrite = null;
        _store.Effects.NotesKeys = false;
        SizeAfterRewrite = _writer.Length;
        LastSave = _store.UtcNow;
        try
        {
            DirectorySync.Synchronise(directory);
        }
        catch (IOException e)
        {
            throw new StoreDataException($"{e.Message} After a power cut the old log could be back; the store must end rather than confirm what is in the new one alone.", e);
        }
    }

    private void Guard(LogRewrite rewrite, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Abandon(rewrite, e.Message);
        }
    }

    private void Abandon(LogRewrite rewrite, string reason)
    {
        rewrite.Dispose();
        _rewrite = null;
        _store.Effects.NotesKeys = false;
        ReportFailure(reason);
    }

    private void ReportFailure(string reason)
    {
        _report($"the rewrite of the log failed, the old log stays in use: {reason}");
        // The next attempt comes when the log has doubled again.
        SizeAfterRewrite = Size;
    }
}
