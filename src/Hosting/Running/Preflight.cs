using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Redis;
using ShopSession.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>Makes sure, before anything is started, that everything can be: one clear message beats seven half-started processes.</summary>
internal sealed class Preflight(
    RunnerEnvironment environment, EndpointAllocator endpoints, Func<IResource, IProcessPlan?> planOf, Action? checkDashboardPort) : IDisposable
{
    private static readonly TimeSpan RedisLimit = TimeSpan.FromSeconds(3);

    private DataDirectoryLock? _lock;

    /// <returns>What runs as processes, and how.</returns>
    public async Task<IReadOnlyList<(IResource Resource, IProcessPlan Plan)>> RunAsync(DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        if (environment.Problems.Count > 0)
            throw new DistributedApplicationException(string.Join(System.Environment.NewLine, environment.Problems));
        _lock = DataDirectoryLock.Take(environment);
        try
        {
            checkDashboardPort?.Invoke();
            foreach (var resource in model.Resources)
                endpoints.Allocate(resource, resource.GetReplicaCount());
            await CheckRedisConnectionsAsync(model, cancellationToken);
            var runs = new List<(IResource, IProcessPlan)>();
            foreach (var resource in model.Resources)
                if (planOf(resource) is { } plan)
                    runs.Add((resource, plan));
            await CheckValuesAsync(model, cancellationToken);
            return runs;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private static async Task CheckValuesAsync(DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        foreach (var resource in model.Resources)
        {
            if (resource is ParameterResource parameter)
                await parameter.GetValueAsync(cancellationToken);
            if (resource.Annotations.OfType<IProjectMetadata>().FirstOrDefault() is IProjectOutputMetadata project)
                await ProjectOutput.FindAsync(project, cancellationToken);
        }
    }

    private async Task CheckRedisConnectionsAsync(DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        foreach (var name in environment.Options.RedisConnections)
        {
            if (model.Resources.FirstOrDefault(resource => resource.Name == name) is not ConnectionStringParameterResource { Value: var text })
                continue;
            var variable = $"ConnectionStrings__{name}";
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(RedisLimit);
            try
            {
                var problem = await RedisProbe.CheckAsync(RedisAddress.Parse(text), limit.Token);
                if (problem is not null)
                    throw new DistributedApplicationException($"The Redis that {variable} names is of no use: {problem}. Start it, correct {variable}, or leave it out.");
            }
            catch (FormatException exception)
            {
                throw new DistributedApplicationException($"{variable} cannot be read: {exception.Message}.", exception);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new DistributedApplicationException(
                    $"The Redis that {variable} names gave no answer within {RedisLimit.TotalSeconds:0} s. Start it, correct {variable}, or leave it out.");
            }
        }
    }
}
