namespace ResNet.Core;

/// <content>Several views of each image in one batch, and the mean over them.</content>
public sealed partial class OnnxGraph
{
    /// <summary>n images to (views·n) images: all of the first view, then all of the second, and so on. A single view is the whole image.</summary>
    internal string Views(string images, IReadOnlyList<TestTimeView> views)
    {
        if (views.Count == 1)
        {
            return images;
        }

        var parts = new Dictionary<TestTimeView, string>();
        foreach (var view in views)
        {
            var part = view with { Mirrored = false };
            parts[view] = view.Mirrored
                ? Node("Slice", [parts[part], Constant(-1L), Constant(long.MinValue), Constant(3L), Constant(-1L)])
                : Node("Slice", [images, Constant(view.Top, view.Left), Constant(view.Top + (long)view.Height, view.Left + (long)view.Width), Constant(2L, 3L)]);
        }

        return Concat([.. views.Select(view => parts[view])], axis: 0);
    }

    /// <summary>(views·n)×length to n×length; a single view's values are the mean.</summary>
    internal string MeanOverViews(string values, int views, int length) => views == 1
        ? values
        : Node("ReduceMean", [Node("Reshape", [values, Constant(views, -1L, length)])], ("axes", new long[] { 0 }), ("keepdims", 0));
}
