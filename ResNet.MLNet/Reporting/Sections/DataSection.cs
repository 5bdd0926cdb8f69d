namespace ResNet.MLNet.Reporting.Sections;

/// <summary>What was found in the images before training.</summary>
internal static class DataSection
{
    private const int Unfolded = 40;

    public static Html Of(DataReport? data)
    {
        if (data is null)
            return Html.None;
        var most = Math.Max(1, data.Classes.Max(c => c.Train + c.Validation));
        return Html.Of($"""
            <dl>
            <dt>training images</dt><dd>{data.Train:N0} from {data.Sources.Train}</dd>
            <dt>validation images</dt><dd>{data.Validation:N0}{(data.Sources.Validation is { } source ? $" from {source}" : "")}</dd>
            {(data.Sizes is { } sizes ? Html.Of($"<dt>sizes</dt><dd>{Size(sizes.Smallest)} to {Size(sizes.Largest)}, median {Size(sizes.Median)}</dd>") : Html.None)}
            <dt>rotated by EXIF</dt><dd>{data.Rotated:N0}</dd>
            <dt>unusable files</dt><dd>{data.Unusable.Count:N0}</dd>
            <dt>duplicates</dt><dd>{data.DuplicateGroups:N0} images in several files; {data.NearDuplicateImages:N0} validation images that look like a training image</dd>
            <dt>content</dt><dd><code>{data.ContentHash}</code></dd>
            </dl>
            <h3>Images a class</h3>
            <div class="legend"><span class="key train">training</span><span class="key validation">validation</span></div>
            {Counts(data.Classes.Take(Unfolded), most)}
            {(data.Classes.Count > Unfolded ? Html.Of($"<details><summary>{data.Classes.Count - Unfolded} more classes</summary>{Counts(data.Classes.Skip(Unfolded), most)}</details>") : Html.None)}
            {Duplicates(data)}
            {Near(data)}
            {Unusable(data)}
            """);
    }

    private static Html Counts(IEnumerable<ClassCount> classes, int most) => Html.Of($"""
        <div class="scroll" tabindex="0"><table class="counts">
        <tbody>{classes.Select(c => Html.Of($"""<tr><th scope="row">{c.Name}</th><td class="stack"><i class="train" style="--share:{c.Train / (double)most:F4}"></i><i class="validation" style="--share:{c.Validation / (double)most:F4}"></i></td><td class="number">{c.Train:N0} + {c.Validation:N0}</td></tr>"""))}</tbody>
        </table></div>
        """);

    private static string Size((int Width, int Height) size) => $"{size.Width}×{size.Height}";

    private static Html Duplicates(DataReport data) => data.Duplicates.Count == 0 ? Html.None : Html.Of($"""
        <details><summary>The same image in several files ({data.DuplicateGroups:N0})</summary>
        {data.Duplicates.Take(50).Select(g => Html.Of($"""
            <p class="group">{Tag(g.ConflictingLabels, "several labels")}{Tag(g.AcrossSplits, "training and validation")}
            {g.Images.Select(i => Html.Of($"""<span class="path">{i.Path} <em>{i.Label}, {(i.Validation ? "validation" : "training")}</em></span>"""))}</p>
            """))}
        </details>
        """);

    private static Html Near(DataReport data) => data.NearDuplicates.Count == 0 ? Html.None : Html.Of($"""
        <details open><summary>Validation images that look like a training image ({data.NearDuplicateImages:N0})</summary>
        <div class="cards">{data.NearDuplicates.Take(12).Select(n => Html.Of($"""
            <figure class="card heatmap"><div class="two">{Pictures.Thumbnail(n.Train.Path, $"a training picture of the class {n.Train.Label}")}{Pictures.Thumbnail(n.Validation.Path, $"a validation picture of the class {n.Validation.Label}")}</div>
            <figcaption><b>{n.Train.Label}</b><span>{Path.GetFileName(n.Train.Path)} | {Path.GetFileName(n.Validation.Path)}</span><span class="note">{n.Distance} of 64 bits differ{(n.Train.Label == n.Validation.Label ? "" : $"; the latter is labelled {n.Validation.Label}")}</span></figcaption></figure>
            """))}</div>
        </details>
        """);

    private static Html Unusable(DataReport data) => data.Unusable.Count == 0 ? Html.None : Html.Of($"""
        <details><summary>Files that can’t be used ({data.Unusable.Count:N0})</summary>
        <ul>{data.Unusable.Take(200).Select(u => Html.Of($"""<li><span class="path">{u.Path}</span> {u.Reason}</li>"""))}</ul>
        </details>
        """);

    private static Html Tag(bool on, string text) => on ? Html.Of($"""<span class="tag">{text}</span>""") : Html.None;
}
