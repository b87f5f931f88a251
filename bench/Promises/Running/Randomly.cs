namespace ShopSession.Promises.Bench.Running;

internal static class Randomly
{
    public static T One<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    public static T OneOther<T>(this Random random, IReadOnlyList<T> items, T than) where T : class
    {
        T one;
        do one = random.One(items);
        while (ReferenceEquals(one, than));
        return one;
    }

    /// <summary>In a random order.</summary>
    public static T[] Shuffled<T>(this Random random, IReadOnlyList<T> items)
    {
        T[] shuffled = [.. items];
        random.Shuffle(shuffled);
        return shuffled;
    }
}
