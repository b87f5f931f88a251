using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ShopSession.Web.Replicas;

/// <summary>Shows on every response outside Production which replica answered.</summary>
internal static class ReplicaHeader
{
    public const string Name = "X-Shop-Replica";

    public static void UseReplicaHeader(this WebApplication app)
    {
        if (app.Environment.IsProduction()) return;
        var replica = app.Services.GetRequiredService<ReplicaName>().Replica;
        app.Use((context, next) =>
        {
            context.Response.OnStarting(static state =>
            {
                var (response, name) = ((HttpResponse, string))state;
                response.Headers[Name] = name;
                return Task.CompletedTask;
            }, (context.Response, replica));
            return next(context);
        });
    }
}
