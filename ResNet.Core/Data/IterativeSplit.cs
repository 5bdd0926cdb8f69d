namespace ResNet.Core;

/// <summary>Iterative stratification into two parts; see <see cref="StratifiedSplit"/>.</summary>
internal sealed class IterativeSplit
{
    private const int Train = 0, Validation = 1;

    private readonly HashSet<int>[] left;
    private readonly List<int>[] classesOf;
    private readonly int[] order;
    private readonly double[][] wanted;
    private readonly double[] room;
    private readonly List<int>[] parts = [[], []];
    private readonly Random random;

    public IterativeSplit(IReadOnlyList<int[]> images, int count, double fraction, Random random)
    {
        this.random = random;
        left = [.. images.Select(members => members.ToHashSet())];
        classesOf = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        for (var label = 0; label < images.Count; label++)
        {
            foreach (var image in images[label])
            {
                classesOf[image].Add(label);
            }
        }

        order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order);
        room = [(1 - fraction) * count, fraction * count];
        wanted = [.. room.Select(size => images.Select(members => members.Length * size / count).ToArray())];
    }

    public (int[] Train, int[] Validation) Run()
    {
        while (Rarest() is { } label)
        {
            // In the shuffled order: which of a class's images go where is chance.
            foreach (var image in order.Where(left[label].Contains).ToArray())
            {
                Give(image, PartFor(label));
            }
        }

        var given = parts.SelectMany(part => part).ToHashSet();
        foreach (var image in order.Where(image => !given.Contains(image)))
        {
            Give(image, room[Validation] > room[Train] ? Validation : Train);
        }

        FillEmpty();
        return ([.. parts[Train].Order()], [.. parts[Validation].Order()]);
    }

    private int? Rarest()
    {
        int? rarest = null;
        for (var label = 0; label < left.Length; label++)
        {
            if (left[label].Count > 0 && (rarest is null || left[label].Count < left[rarest.Value].Count))
            {
                rarest = label;
            }
        }

        return rarest;
    }

    // The part that wants most of the class; of two alike, the one with more room; else by chance.
    private int PartFor(int label) => wanted[Validation][label].CompareTo(wanted[Train][label]) switch
    {
        > 0 => Validation,
        < 0 => Train,
        _ => room[Validation].CompareTo(room[Train]) switch { > 0 => Validation, < 0 => Train, _ => random.Next(2) },
    };

    private void Give(int image, int part)
    {
        parts[part].Add(image);
        room[part]--;
        foreach (var label in classesOf[image])
        {
            wanted[part][label]--;
            left[label].Remove(image);
        }
    }

    private void FillEmpty()
    {
        for (var part = 0; part < parts.Length; part++)
        {
            var other = parts[1 - part];
            if (parts[part].Count == 0 && other.Count > 1)
            {
                parts[part].Add(other[^1]);
                other.RemoveAt(other.Count - 1);
            }
        }
    }
}
