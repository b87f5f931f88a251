using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ShopSession.Sessions.Http;

// The framework's own door: HttpContext.Session. Its synchronous members work on what was read before the endpoint ran.
internal sealed partial class SharedSession : ISession
{
    bool ISession.IsAvailable => _failure is null;

    /// <summary>The public name: the id itself is the client's secret and is never handed to the application.</summary>
    string ISession.Id => _record?.Handle.Value ?? "";

    IEnumerable<string> ISession.Keys
    {
        get
        {
            ThrowIfUnavailable();
            var stored = _record?.Attributes.Keys.Where(name => !_changes.Attributes.ContainsKey(name)) ?? [];
            return [.. stored, .. _changes.Attributes.Where(change => change.Value is not null).Select(change => change.Key)];
        }
    }

    Task ISession.LoadAsync(CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        return Task.CompletedTask;
    }

    Task ISession.CommitAsync(CancellationToken cancellationToken) => CommitAsync(cancellationToken).AsTask();

    bool ISession.TryGetValue(string key, [NotNullWhen(true)] out byte[]? value)
    {
        ThrowIfUnavailable();
        var stored = _changes.Attributes.TryGetValue(key, out var changed) ? changed : _record?.Attributes.GetValueOrDefault(key);
        // A copy: other requests share what is kept near, and an array can be written to.
        value = stored is null ? null : [.. stored];
        return value is not null;
    }

    void ISession.Set(string key, byte[] value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(value);
        ThrowIfUnavailable();
        ThrowIfStarted();
        ThrowIfDataless();
        if (Encoding.UTF8.GetByteCount(key) > SessionAttribute.MaxNameBytes)
            throw new ArgumentException($"A session attribute's name may have at most {SessionAttribute.MaxNameBytes} bytes.", nameof(key));
        if (value.Length > services.Options.MaxAttributeBytes)
        {
            throw new ArgumentException(
                $"The session attribute '{key}' has {value.Length} bytes; at most {services.Options.MaxAttributeBytes} are allowed (Session:MaxAttributeBytes). Keep large data in a store of its own and its key in the session.",
                nameof(value));
        }

        // An unchanged value is no change: it costs no write.
        if (_record?.Attributes.TryGetValue(key, out var stored) == true && stored.AsSpan().SequenceEqual(value))
        {
            _changes.Forget(key);
            return;
        }

        var count = (_record?.Attributes.Count ?? 0) + _changes.Attributes.Count;
        if (count >= services.Options.MaxAttributes && _record?.Attributes.ContainsKey(key) != true && !_changes.Attributes.ContainsKey(key))
            throw new InvalidOperationException($"A session may hold at most {services.Options.MaxAttributes} attributes (Session:MaxAttributes).");
        Changing();
        _changes.Set(key, [.. value]);
    }

    void ISession.Remove(string key)
    {
        ThrowIfUnavailable();
        var stored = _record?.Attributes.ContainsKey(key) == true;
        if (!stored && !_changes.Attributes.ContainsKey(key)) return;
        ThrowIfStarted();
        Changing();
        if (stored) _changes.Remove(key);
        else _changes.Forget(key);
    }

    void ISession.Clear()
    {
        foreach (var key in ((ISession)this).Keys.ToArray()) ((ISession)this).Remove(key);
    }

    private void ThrowIfDataless()
    {
        if (services.CarriesData) return;
        throw new SessionDataUnsupportedException(
            $"Session:Strategy is '{Strategy}', whose sessions carry a login and no data, so HttpContext.Session can hold nothing. Keep the data elsewhere, or choose a strategy that carries it (Session:Strategy=redis).");
    }

    private void Changing()
    {
        ThrowIfSuperseded();
        if (!context.Response.HasStarted) CommitBeforeBody.Install(context, this);
    }

    private void ThrowIfStarted()
    {
        if (context.Response.HasStarted)
        {
            throw new InvalidOperationException(
                "The response has started, so a change of the session could no longer be reported if it failed. Change the session before writing the response.");
        }
    }
}
