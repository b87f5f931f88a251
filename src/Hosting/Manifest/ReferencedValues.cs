using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Gathers what expressions refer to: generated parameters, escaped values, conditions.</summary>
internal sealed class ReferencedValues
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    public List<ParameterResource> Parameters { get; } = [];

    /// <summary>Names of parameters whose value is needed escaped for a URL.</summary>
    public List<string> Escaped { get; } = [];

    public List<ConditionalReferenceExpression> Conditions { get; } = [];

    public void Add(object? value)
    {
        if (value is ReferenceExpression expression)
            AddEscaped(expression);
        if (value is null || !_seen.Add(value))
            return;
        switch (value)
        {
            case ParameterResource parameter:
                Parameters.Add(parameter);
                break;
            case ConditionalReferenceExpression condition when !Conditions.Exists(known => known.Name == condition.Name):
                Conditions.Add(condition);
                break;
        }

        if (value is IValueWithReferences { References: var references })
            foreach (var reference in references)
                Add(reference);
    }

    private void AddEscaped(ReferenceExpression expression)
    {
        for (var i = 0; i < expression.ValueProviders.Count; i++)
            if (expression.Formats[i] == ReferenceExpression.UriFormat && expression.ValueProviders[i] is ParameterResource parameter
                && !Escaped.Contains(parameter.Name))
                Escaped.Add(parameter.Name);
    }
}
