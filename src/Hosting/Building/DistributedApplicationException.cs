namespace Aspire.Hosting;

/// <summary>The application cannot be built or started as it is described. The message is written for the person who starts it.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, what was expected, what to do.</param>
    public DistributedApplicationException(string message) : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, what was expected, what to do.</param>
    /// <param name="inner">What led to it.</param>
    public DistributedApplicationException(string message, Exception inner) : base(message, inner)
    {
    }
}

/// <summary>A parameter without which the application cannot start has no value.</summary>
/// <param name="message">Which one, and where to set it.</param>
public class MissingParameterValueException(string message) : DistributedApplicationException(message);
