using Aspire.Hosting.Running;
using ShopSession.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>Who answered a request under a name; <see langword="null"/>: nobody did.</summary>
internal sealed record ServingView(string Name, string? Replica);

/// <summary>Asks through the front door who answers, as a visitor without any cookie would. Safe for concurrent use.</summary>
internal sealed class PanelQuestions(RunnerEnvironment environment, Orchestrator orchestrator) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false }) { Timeout = Limit };

    public async Task<IReadOnlyList<ServingView>> AskAsync(CancellationToken cancellationToken)
    {
        if (environment.Options.PagePanel?.Question is not { } question)
            return [];
        var front = orchestrator.Replicas.FirstOrDefault(replica => string.Equals(replica.Resource.Name, question.Resource, StringComparison.OrdinalIgnoreCase));
        return front is null || ReplicaSnapshot.UrlOf(front) is not { } url
            ? []
            : await Task.WhenAll(question.Names.Select(name => AskAsync(new Uri(url), question, name, cancellationToken)));
    }

    public void Dispose() => _http.Dispose();

    private async Task<ServingView> AskAsync(Uri front, PanelQuestion question, string name, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(front, question.Path));
        request.Headers.Host = $"{name}.{environment.ValueOf(question.Domain)}:{front.Port}";
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new(name, answer.Headers.TryGetValues(question.Header, out var values) ? values.First() : null);
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The front door is being restarted, say: that nobody answers is the answer.
            return new(name, null);
        }
    }
}
